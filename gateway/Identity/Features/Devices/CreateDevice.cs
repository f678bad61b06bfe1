using FluentValidation;
using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>Registers a device; the answer has its key, to be typed or scanned at the terminal once.</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="Equipment">The equipment it serves, by code; where neither it nor a work center is named, any.</param>
/// <param name="WorkCenters">The work centers all of whose equipment it serves, also what joins them later, by code.</param>
/// <param name="Roles">What it may do with nobody signed in; often nothing.</param>
/// <param name="Reason">For the audit trail.</param>
public sealed record CreateDevice(
    string Name, string[] Equipment, string[] WorkCenters, string[] Roles, string? Reason = null);

sealed class CreateDeviceValidator : AbstractValidator<CreateDevice>
{
    public CreateDeviceValidator()
    {
        RuleFor(device => device.Name).IsName();
        RuleFor(device => device.Equipment).AreEquipmentCodes();
        RuleFor(device => device.WorkCenters).AreWorkCenterCodes();
        RuleFor(device => device.Roles).AreRoles();
        RuleFor(device => device.Reason).IsReason();
    }
}

static class CreateDeviceEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/devices", Handle)
            .Named("createDevice", "Register a device")
        .ShowsOnce<IssuedSecret>(answer => answer.Kept(), Again).RequireAuthorization(Permissions.ManageIdentity);

    static Created<IssuedSecret> Handle(
        CreateDevice request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, IdentityDb db, IssuedSecrets secrets,
        TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var secret = secrets.Make(Secrets.DevicePrefix, commandId, now);
        db.Reason = request.Reason;
        db.Devices.Add(Device.Create(
            commandId, request.Name, request.Equipment, request.WorkCenters, request.Roles, Secrets.Hash(secret), now));
        return TypedResults.Created((string?)null, new IssuedSecret(commandId, secret, now));
    }

    static async Task<IssuedSecret> Again(IssuedSecret kept, HttpContext http)
    {
        var hash = await http.RequestServices.GetRequiredService<IdentityDb>().Devices.AsNoTracking()
            .Where(device => device.Id == kept.Id && device.RevokedAt == null).Select(device => device.SecretHash)
            .SingleOrDefaultAsync(http.RequestAborted);
        return kept.With(
            hash is null ? null : http.RequestServices.GetRequiredService<IssuedSecrets>()
                .Again(Secrets.DevicePrefix, kept.Id, kept.CreatedAt, hash),
            "Register the device once more, and revoke this registration.");
    }
}
