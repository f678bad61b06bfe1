using FluentValidation;
using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>Takes the terminal that shows a code as a device of the plant; nobody has to type a key at it.</summary>
/// <param name="PairingCode">What the terminal shows.</param>
/// <param name="Name">Where it stands.</param>
/// <param name="Equipment">The equipment it serves, by code; where neither it nor a work center is named, any.</param>
/// <param name="WorkCenters">The work centers all of whose equipment it serves, also what joins them later, by code.</param>
/// <param name="Roles">What it may do with nobody signed in; often nothing.</param>
/// <param name="Reason">For the audit trail.</param>
public sealed record ConfirmPairing(
    string PairingCode, string Name, string[] Equipment, string[] WorkCenters, string[] Roles, string? Reason = null);

sealed class ConfirmPairingValidator : AbstractValidator<ConfirmPairing>
{
    public ConfirmPairingValidator()
    {
        RuleFor(pairing => pairing.PairingCode).Must(code => Pairing.Read(code).Length == Pairing.CodeLength)
            .WithMessage("Type the eight letters and digits that the terminal shows.");
        RuleFor(pairing => pairing.Name).IsName();
        RuleFor(pairing => pairing.Equipment).AreEquipmentCodes();
        RuleFor(pairing => pairing.WorkCenters).AreWorkCenterCodes();
        RuleFor(pairing => pairing.Roles).AreRoles();
        RuleFor(pairing => pairing.Reason).IsReason();
    }
}

static class ConfirmPairingEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/devices/paired", Handle)
        .Named("confirmPairing", "Register the terminal that shows a code").RequireAuthorization(Permissions.ManageIdentity);

    static async Task<Created<DeviceView>> Handle(
        ConfirmPairing request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, IdentityDb db, CredentialCache cache,
        TimeProvider clock, CancellationToken ct)
    {
        var (code, now) = (Pairing.Read(request.PairingCode), clock.GetUtcNow());
        var pairing = await db.Pairings.FromSql($"select * from pairings where code = {code} for update")
            .SingleOrDefaultAsync(ct);
        if (pairing is null || pairing.ExpiresAt <= now)
        {
            throw new RuleViolation("pairing-unknown",
                "No terminal shows this code. It is shown for ten minutes: look at the terminal again.", ("pairingCode", code));
        }
        db.Reason = request.Reason;
        db.Pairings.Remove(pairing);
        var device = db.Devices.Add(Device.Create(
            commandId, request.Name, request.Equipment, request.WorkCenters, request.Roles, pairing.SecretHash, now)).Entity;
        db.AfterCommit(cache.ForgetAll);
        return TypedResults.Created((string?)null, DeviceView.Of(device));
    }
}
