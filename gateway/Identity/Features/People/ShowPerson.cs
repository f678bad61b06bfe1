using Mes.Gateway.Identity.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.People;

static class ShowPersonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/people/{code}", Handle)
            .Named("showPerson", "Show a person").RequireAuthorization(Permissions.ManagePeople);

    static async Task<PersonView> Handle(Code code, IdentityDb db, TimeProvider clock, CancellationToken ct)
    {
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(known => known.Code == code, ct)
            ?? throw RuleViolation.NotFound("person", code);
        return PersonView.Of(person, await db.LockedUntil(person, clock.GetUtcNow(), ct));
    }
}
