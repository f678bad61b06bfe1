using Mes.Contracts;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>A production report, or the counter-report of one.</summary>
/// <param name="Id">Identity: the id of the command.</param>
/// <param name="Reverses">The report that this one undoes, or null.</param>
/// <param name="Corrects">The report whose pieces this one counts otherwise, as Quality has decided, or null.</param>
/// <param name="OrderId">The order.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="Equipment">Code of the equipment used.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="SignOnId">The sign-on under which it was reported.</param>
/// <param name="Activity">Run or setup.</param>
/// <param name="StartedAt">Start of the work, UTC.</param>
/// <param name="EndedAt">End of the work, UTC.</param>
/// <param name="Good">Good pieces; negative in a counter-report, as all quantities.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that wait for Quality.</param>
/// <param name="IsRework">Whether the work was rework.</param>
/// <param name="ScrapReason">Why pieces were rejected, or null.</param>
/// <param name="Consumed">Lots used up.</param>
/// <param name="Serials">The pieces that it names.</param>
/// <param name="ReportedAt">When the server accepted it, UTC.</param>
/// <param name="ClockSkewMs">Server time minus device time when it was sent, milliseconds; null where the device did not
/// say.</param>
public sealed record ReportView(
    Guid Id, Guid? Reverses, Guid? Corrects, Guid OrderId, Guid OperationId, string Equipment, string Operator,
    Guid SignOnId, WorkActivity Activity, DateTimeOffset StartedAt, DateTimeOffset EndedAt, decimal Good, decimal Scrap,
    decimal Nonconforming, bool IsRework, string? ScrapReason, IReadOnlyList<ConsumedLot> Consumed,
    IReadOnlyList<ReportedPiece> Serials, DateTimeOffset ReportedAt, long? ClockSkewMs)
{
    internal static ReportView Of(ProductionReport report) => new(
        report.Id, report.Reverses, report.Corrects, report.OrderId, report.OperationId, report.Equipment,
        report.Operator, report.SignOnId, report.Activity, report.StartedAt, report.EndedAt, report.Good, report.Scrap,
        report.Nonconforming, report.IsRework, report.ScrapReason, report.Consumed,
        report.Serials, report.ReportedAt, report.ClockSkewMs);
}

/// <summary>What reports are sorted by.</summary>
public enum ReportSort
{
    /// <summary>When the work ended.</summary>
    EndedAt,
    /// <summary>When it was reported.</summary>
    ReportedAt
}

static class ListReportsEndpoint
{
    static readonly SortedPages<ProductionReport, ReportSort> Sorted =
        new SortedPages<ProductionReport, ReportSort>(report => report.Id)
            .By(ReportSort.EndedAt, report => report.EndedAt)
            .By(ReportSort.ReportedAt, report => report.ReportedAt);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/operations/{id:guid}/reports", Handle).Named("listReports", "List the reports of an operation")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order in which the work ended unless told; the time is that end.</summary>
    static async Task<Page<ReportView>> Handle(
        Guid id, WorkOrdersDb db, [AsParameters] TimeFilter ended, [AsParameters] Sorting<ReportSort> sorting,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Sorted.Take(db.Reports.AsNoTracking().In(ended, report => report.EndedAt)
            .Where(report => report.OperationId == id), sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, ReportView.Of);
    }
}
