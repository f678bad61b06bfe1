using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Numbering;

static class ListNumberingEndpoint
{
    static readonly CodePages<NumberingRule> Listed =
        new CodePages<NumberingRule>(rule => rule.Product).FoundBy(rule => rule.Product);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/numbering/{kind}", Handle).Named("listNumbering", "List how things are numbered")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The one for all first, then those of single products in the order of their codes.</summary>
    static async Task<Page<NumberingView>> Handle(
        NumberingKind kind, Code? product, WorkOrdersDb db, TimeProvider clock, [AsParameters] SearchFilter search,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rules = await Listed.Take(db.NumberingRules.AsNoTracking()
            .Where(rule => rule.Kind == kind && (product == null || rule.Product == product)), search, page).ToListAsync(ct);
        return Listed.Page([.. rules.Select(rule => NumberingView.Of(rule, clock.Today()))], page, rule => [rule.Product ?? ""]);
    }
}
