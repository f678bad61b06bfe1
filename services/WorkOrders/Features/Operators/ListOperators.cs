using Mes.Web.Auth;
using Mes.Web;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Operators;

static class ListOperatorsEndpoint
{
    static readonly CodePages<Operator> Listed =
        new CodePages<Operator>(o => o.Code).FoundBy(o => o.Code, o => o.Name);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/operators", Handle)
            .Named("listOperators", "List the operators").RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their codes.</summary>
    static async Task<Page<OperatorView>> Handle(
        WorkOrdersDb db, [AsParameters] SearchFilter search, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Listed.Take(db.Operators.AsNoTracking(), search, page).ToListAsync(ct);
        return Listed.Page(rows.ConvertAll(OperatorView.Of), page, person => [person.Code]);
    }
}
