using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Web.Auth;
using Mes.Web;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.People;

static class ListPeopleEndpoint
{
    static readonly CodePages<Person> Listed =
        new CodePages<Person>(p => p.Code).FoundBy(p => p.Code, p => p.Name);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/people", Handle)
            .Named("listPeople", "List the people").RequireAuthorization(Permissions.ManagePeople);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<PersonView>> Handle(
        IdentityDb db, TimeProvider clock, [AsParameters] SearchFilter search,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rows = await Listed.Take(db.People.AsNoTracking(), search, page)
            .Select(p => PersonView.Of(p, db.SignInFailures
                .Where(f => f.Account == "user " + p.NormalizedUserName && f.LockedUntil > now).Max(f => f.LockedUntil)))
            .ToListAsync(ct);
        return Listed.Page(rows, page, person => [person.Code]);
    }
}
