using FluentValidation;
using Mes.Gateway.Identity.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Identity.Features.People;

/// <summary>Admits a person again, in the roles that they have.</summary>
/// <param name="Reason">For the audit trail.</param>
public sealed record ActivatePerson(string? Reason = null);

sealed class ActivatePersonValidator : AbstractValidator<ActivatePerson>
{
    public ActivatePersonValidator() => RuleFor(activate => activate.Reason).IsReason();
}

static class ActivatePersonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/people/{code}/activate", Handle)
            .Named("activatePerson", "Let a person work again").RequireAuthorization(Permissions.ManagePeople);

    static async Task<NoContent> Handle(
        Code code, ActivatePerson request, IdentityDb db, PersonStore people, Caller caller, CancellationToken ct)
    {
        await db.LockPeople(ct);
        var person = await db.LockPerson(code.Value, ct);
        caller.MustKeep(person);
        db.Reason = request.Reason;
        await people.Change(person, _ => person.Activate(), null, ct);
        return TypedResults.NoContent();
    }
}
