using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Operators;

static class ListOperatorsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/operators", Handle)
            .Named("listOperators", "List the operators").RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<OperatorView>> Handle(WorkOrdersDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Operators.AsNoTracking().Where(person => string.Compare(person.Code, after) > 0)
            .OrderBy(person => person.Code).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows.ConvertAll(OperatorView.Of), page.Size, person => person.Code);
    }
}
