using FluentValidation;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Mes.Gateway.Identity.Features.Badges;

/// <summary>Sets a new PIN, unlocks the badge and ends its sessions.</summary>
/// <param name="Pin">The new one.</param>
/// <param name="Reason">For the audit trail.</param>
public sealed record ChangePin([property: SecretContent] string Pin, string? Reason = null);

sealed class ChangePinValidator : AbstractValidator<ChangePin>
{
    public ChangePinValidator()
    {
        RuleFor(change => change.Pin).IsPinOrNull();
        RuleFor(change => change.Reason).IsReason();
    }
}

static class ChangePinEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/badges/{id:guid}/pin", Handle)
            .Named("changePin", "Change the PIN of a badge").RequireAuthorization(Permissions.ManagePeople);

    static async Task<NoContent> Handle(
        Guid id, ChangePin request, IdentityDb db, IPasswordHasher<Badge> hasher, SessionStore sessions,
        Caller caller, CancellationToken ct)
    {
        var badge = await db.LockBadge(id, ct);
        caller.MustKeep(await db.OwnerOf(badge, ct), badge.Roles ?? []);
        badge.SetPin(hasher.HashPassword(badge, request.Pin));
        await db.ForgetFailures(SignInFailure.OfBadge(badge.Code), ct);
        await sessions.End(id, null, ct);
        db.Reason = request.Reason;
        return TypedResults.NoContent();
    }
}
