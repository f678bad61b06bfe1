using Mes.Gateway.Identity.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.People;

static class ListPeopleEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/people", Handle)
            .Named("listPeople", "List the people").RequireAuthorization(Permissions.ManagePeople);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<PersonView>> Handle(
        IdentityDb db, TimeProvider clock, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var (now, last) = (clock.GetUtcNow(), page.After ?? "");
        var rows = await db.People.AsNoTracking()
            .Where(p => string.Compare(p.Code, last) > 0).OrderBy(p => p.Code).Take(page.Size + 1)
            .Select(p => PersonView.Of(p, db.SignInFailures
                .Where(f => f.Account == "user " + p.NormalizedUserName && f.LockedUntil > now).Max(f => f.LockedUntil)))
            .ToListAsync(ct);
        return Page.Of(rows, page.Size, person => person.Code);
    }
}
