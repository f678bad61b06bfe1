using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Dispatch;

static class ListDispatchEquipmentEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/dispatch/equipment", Handle).Named("listDispatchEquipment", "List the equipment that has work")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The equipment that can be worked at: what is in use, and what open orders name. In the order of their
    /// codes.</summary>
    static async Task<Page<string>> Handle(
        [AsParameters] PageRequest page, ServiceDatabase<WorkOrdersDb> database, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<string>(new CommandDefinition(
            """
            SELECT code FROM (
                SELECT code FROM equipment WHERE retired_at IS NULL
                UNION SELECT unnest(o.equipment) FROM operation o JOIN work_order w ON w.id = o.order_id
                WHERE w.status IN ('Released', 'OnHold') AND o.status <> 'Done') e
            WHERE code > @after ORDER BY code LIMIT @limit
            """, new { after = page.After ?? "", limit = page.Size + 1 }, cancellationToken: ct));
        return Page.Of(rows.AsList(), page.Size, code => code);
    }
}
