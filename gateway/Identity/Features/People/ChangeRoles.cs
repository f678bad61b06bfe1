using FluentValidation;
using Mes.Gateway.Identity.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Identity.Features.People;

/// <summary>Gives a person other roles, from their next request on.</summary>
/// <param name="Roles">All the roles, not only new ones.</param>
/// <param name="Reason">For the audit trail.</param>
public sealed record ChangeRoles(string[] Roles, string? Reason = null);

sealed class ChangeRolesValidator : AbstractValidator<ChangeRoles>
{
    public ChangeRolesValidator()
    {
        RuleFor(change => change.Roles).AreRoles();
        RuleFor(change => change.Reason).IsReason();
    }
}

static class ChangeRolesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/people/{code}/roles", Handle)
            .Named("changeRoles", "Change the roles of a person").RequireAuthorization(Permissions.ManagePeople);

    static async Task<NoContent> Handle(
        Code code, ChangeRoles request, IdentityDb db, PersonStore people, Caller caller, CancellationToken ct)
    {
        await db.LockPeople(ct);
        var person = await db.LockPerson(code.Value, ct);
        caller.MustKeep(person, request.Roles);
        db.Reason = request.Reason;
        await people.Change(person, _ => { }, request.Roles, ct);
        return TypedResults.NoContent();
    }
}
