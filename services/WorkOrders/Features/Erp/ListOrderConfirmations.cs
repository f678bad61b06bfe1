using System.Globalization;
using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Erp;

/// <summary>What the ERP can read of one order.</summary>
static class ListOrderConfirmationsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders/{id:guid}/confirmations", Handle)
            .Named("listOrderConfirmations", "List what is confirmed to the ERP of an order")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order of their positions.</summary>
    static async Task<Page<Confirmation>> Handle(
        Guid id, WorkOrdersDb db, ServiceDatabase<WorkOrdersDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = (await connection.QueryAsync<ConfirmationRow>(new CommandDefinition(
            $"""
            {ConfirmationRow.Select}
            WHERE o.order_id = @id AND f.position > @after ORDER BY f.position LIMIT @limit
            """, new { id, after = page.AfterNumber(), limit = page.Size + 1 }, cancellationToken: ct)))
            .Select(row => row.ToConfirmation()).ToList();
        if (rows.Count == 0) await db.RequireOrder(id, ct);
        return Page.Of(rows, page.Size, row => row.Position.ToString(CultureInfo.InvariantCulture));
    }
}
