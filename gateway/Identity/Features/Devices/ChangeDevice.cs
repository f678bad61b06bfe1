using FluentValidation;
using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>Says anew where a device stands, which equipment and work centers it serves and what it may do.</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="Equipment">The equipment it serves, by code; where neither it nor a work center is named, any.</param>
/// <param name="WorkCenters">The work centers all of whose equipment it serves, also what joins them later, by code.</param>
/// <param name="Roles">What it may do with nobody signed in; often nothing.</param>
/// <param name="Reason">For the audit trail.</param>
public sealed record ChangeDevice(
    string Name, string[] Equipment, string[] WorkCenters, string[] Roles, string? Reason = null);

sealed class ChangeDeviceValidator : AbstractValidator<ChangeDevice>
{
    public ChangeDeviceValidator()
    {
        RuleFor(device => device.Name).IsName();
        RuleFor(device => device.Equipment).AreEquipmentCodes();
        RuleFor(device => device.WorkCenters).AreWorkCenterCodes();
        RuleFor(device => device.Roles).AreRoles();
        RuleFor(device => device.Reason).IsReason();
    }
}

/// <summary>It holds for those who are signed in there, too.</summary>
static class ChangeDeviceEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPut("/devices/{id:guid}", Handle)
        .Named("changeDevice", "Bind a device anew").RequireAuthorization(Permissions.ManageIdentity);

    static async Task<DeviceView> Handle(
        Guid id, ChangeDevice request, IdentityDb db, CredentialCache cache, CancellationToken ct)
    {
        var device = await db.Devices.SingleOrDefaultAsync(d => d.Id == id && d.RevokedAt == null, ct)
            ?? throw RuleViolation.NotFound("device", id);
        device.Change(request.Name, request.Equipment, request.WorkCenters, request.Roles);
        db.Reason = request.Reason;
        db.AfterCommit(cache.ForgetAll);
        return DeviceView.Of(device);
    }
}
