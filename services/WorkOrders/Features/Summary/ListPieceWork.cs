using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Hosting;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Summary;

/// <summary>
/// What an operator has made on an operation on a day of the plant, by which piece work is paid. The day is that of the last
/// instant of the work; an undone report and its counter-report count in none, what Quality has decided on pieces counts.
/// </summary>
/// <param name="Day">The day, in the time zone of the plant.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="Name">The operator's name.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Order">Number of the order.</param>
/// <param name="Product">Code of the product.</param>
/// <param name="Operation">Short name of the operation.</param>
/// <param name="Good">Good pieces.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Unit">Unit of the pieces.</param>
/// <param name="RunHours">Labour of the reports of runs, hours: from start to end of each; who works on several at once has
/// the time of each.</param>
/// <param name="SetupHours">Labour of the reports of setups, hours.</param>
public sealed record PieceWork(
    DateOnly Day, string Operator, string Name, Guid OrderId, string Order, string Product, string Operation, decimal Good,
    decimal Scrap, string Unit, decimal RunHours, decimal SetupHours);

/// <summary>Which piece work is listed.</summary>
/// <param name="Operator">Only of this operator.</param>
/// <param name="Order">Only on the order with this number.</param>
/// <param name="Product">Only on orders of this product.</param>
public sealed record PieceWorkFilter(Code? Operator, Code? Order, Code? Product);

static class ListPieceWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/piece-work", Handle).Named("listPieceWork", "List what each operator has made each day")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>
    /// In the order of days, operators, orders and operations; the time is that of the last instant of the work.
    /// </summary>
    static async Task<Page<PieceWork>> Handle(
        [AsParameters] PieceWorkFilter filter, [AsParameters] TimeWindow window, [AsParameters] PageRequest page,
        ServiceDatabase<WorkOrdersDb> database, IConfiguration configuration, TimeProvider clock, CancellationToken ct)
    {
        var (from, to) = window.At(clock.GetUtcNow());
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<PieceWork>(new CommandDefinition(
            Sql,
            new
            {
                from, to, zone = configuration.PlantZone().Id, @operator = filter.Operator?.Value, order = filter.Order?.Value,
                product = filter.Product?.Value, after = page.AfterNumber(), limit = page.Size + 1
            }, cancellationToken: ct));
        return Page.Counted([.. rows], page);
    }

    const string Sql = $"""
        SELECT (greatest(r.started_at, r.ended_at - interval '1 microsecond') AT TIME ZONE @zone)::date AS day, r.operator,
               coalesce(p.name, r.operator) AS name, w.id AS order_id, w.number AS order, w.product, o.code AS operation,
               trim_scale(sum(r.good)) AS good, trim_scale(sum(r.scrap)) AS scrap, w.unit,
               trim_scale(round(coalesce(sum(r.seconds) FILTER (WHERE r.activity = 'Run'), 0) / 3600, 6)) AS run_hours,
               trim_scale(round(coalesce(sum(r.seconds) FILTER (WHERE r.activity = 'Setup'), 0) / 3600, 6)) AS setup_hours
        FROM (SELECT *, extract(epoch FROM ended_at - started_at) * CASE WHEN reverses IS NULL THEN 1 ELSE -1 END AS seconds
              FROM report WHERE {SummarizeWorkEndpoint.EndedWithin} AND (@operator::text IS NULL OR operator = @operator)) r
        JOIN operation o ON o.id = r.operation_id
        JOIN work_order w ON w.id = r.order_id
        LEFT JOIN operator p ON p.code = r.operator
        WHERE (@order::text IS NULL OR w.number = @order) AND (@product::text IS NULL OR w.product = @product)
        GROUP BY 1, r.operator, p.name, w.id, o.id
        HAVING count(*) FILTER (WHERE r.reverses IS NULL) > count(*) FILTER (WHERE r.reverses IS NOT NULL)
        ORDER BY 1, r.operator, w.number, o.sequence
        OFFSET @after LIMIT @limit
        """;
}
