using FluentValidation;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Gateway.Identity.Features.Badges;

/// <summary>Adds a badge of a person.</summary>
/// <param name="Code">What a scanner reads from it.</param>
/// <param name="Person">Whose it is, by code.</param>
/// <param name="Pin">Null: the badge alone signs in, on registered devices only.</param>
/// <param name="Roles">What of the person's roles it gives; null: those of the floor, whatever they become.</param>
/// <param name="Reason">For the audit trail.</param>
public sealed record CreateBadge(
    string Code, string Person, [property: SecretContent] string? Pin = null, string[]? Roles = null, string? Reason = null);

sealed class CreateBadgeValidator : AbstractValidator<CreateBadge>
{
    public CreateBadgeValidator()
    {
        RuleFor(badge => badge.Code).IsCode();
        RuleFor(badge => badge.Person).IsCode();
        RuleFor(badge => badge.Roles!).AreRoles().When(badge => badge.Roles is not null);
        RuleFor(badge => badge.Pin).IsPinOrNull();
        RuleFor(badge => badge.Reason).IsReason();
    }
}

static class CreateBadgeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/badges", Handle)
            .Named("createBadge", "Create a badge").RequireAuthorization(Permissions.ManagePeople);

    static async Task<Created<BadgeView>> Handle(
        CreateBadge request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, IdentityDb db,
        IPasswordHasher<Badge> hasher, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var person = await db.FindPerson(request.Person, ct) ?? throw new RuleViolation("person-not-found",
            "No person has this code. Check it, or define the person first.", ("person", request.Person));
        caller.MustKeep(person, request.Roles ?? []);
        var badge = Badge.Create(commandId, request.Code, person, request.Roles, clock.GetUtcNow());
        if (request.Pin is { } pin) badge.SetPin(hasher.HashPassword(badge, pin));
        db.Badges.Add(badge);
        db.Reason = request.Reason;
        return TypedResults.Created((string?)null, BadgeView.Of(badge, person, null));
    }
}
