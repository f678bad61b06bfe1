using Mes.Gateway.Identity.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Badges;

static class ListBadgesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/badges", Handle)
            .Named("listBadges", "List the badges").RequireAuthorization(Permissions.ManagePeople);

    /// <summary>In the order of their ids.</summary>
    static async Task<Page<BadgeView>> Handle(
        IdentityDb db, TimeProvider clock, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var (now, last) = (clock.GetUtcNow(), page.AfterId());
        var badges =
            from badge in db.Badges.AsNoTracking()
            join person in db.People on badge.PersonId equals person.Id
            where badge.Id > last
            orderby badge.Id
            select BadgeView.Of(badge, person, db.SignInFailures
                .Where(f => f.Account == "badge " + badge.Code && f.LockedUntil > now).Max(f => f.LockedUntil));
        return Page.Of(await badges.Take(page.Size + 1).ToListAsync(ct), page.Size, badge => badge.Id.ToString());
    }
}
