using Mes.Gateway.Identity.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Identity.Features.People;

/// <summary>No longer admits a person, by password or badge, ends their sessions, and takes them off the floor.</summary>
static class DeactivatePersonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapDelete("/people/{code}", Handle)
            .Named("deactivatePerson", "Deactivate a person").RequireAuthorization(Permissions.ManagePeople);

    static async Task<NoContent> Handle(
        Code code, [AsParameters] Because because, IdentityDb db, PersonStore people, SessionStore sessions, Caller caller,
        CancellationToken ct)
    {
        await db.LockPeople(ct);
        var person = await db.LockPerson(code.Value, ct);
        caller.MustKeep(person);
        await people.Change(person, person.Deactivate, null, ct);
        await sessions.End(person.Id, null, ct);
        db.Reason = because.Reason;
        return TypedResults.NoContent();
    }
}
