using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Nonconformances;

/// <summary>Which nonconformances are asked for.</summary>
/// <param name="Open">True for those that wait for decisions, false for the others, absent for all.</param>
/// <param name="Order">Number of the work order, or absent for all.</param>
public sealed record NonconformanceFilter(bool? Open, Code? Order);

/// <summary>A decision on a part of a nonconformance.</summary>
public sealed record DispositionView(
    DispositionKind Kind, decimal Quantity, string Reason, string DecidedBy, DateTimeOffset DecidedAt);

/// <summary>A nonconformance with what was decided on it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Number">The number people know it by.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Quantity">Pieces that do not conform, in <paramref name="Unit"/>.</param>
/// <param name="Undecided">Of these, those without a decision.</param>
/// <param name="Unit">Unit code.</param>
/// <param name="Order">Number of the work order.</param>
/// <param name="OrderId">The work order.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="OperationCode">Its short name.</param>
/// <param name="Product">Product code.</param>
/// <param name="Lot">The order's product lot.</param>
/// <param name="Equipment">The equipment that made the pieces.</param>
/// <param name="Operator">The operator who reported them.</param>
/// <param name="ReportId">The report that told of them, or null.</param>
/// <param name="InspectionId">The inspection that found them, or null.</param>
/// <param name="ReportedAt">When they were reported, UTC.</param>
/// <param name="OpenedAt">When the nonconformance was opened, UTC.</param>
/// <param name="EndedAt">When it was closed or withdrawn, UTC, or null.</param>
/// <param name="Dispositions">The decisions, in order of time.</param>
public sealed record NonconformanceView(
    Guid Id, string Number, NonconformanceStatus Status, decimal Quantity, decimal Undecided, string Unit, string Order,
    Guid OrderId, Guid OperationId, string OperationCode, string Product, string Lot, string Equipment, string Operator,
    Guid? ReportId, Guid? InspectionId, DateTimeOffset ReportedAt, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt,
    IReadOnlyList<DispositionView> Dispositions)
{
    /// <summary>Shows a nonconformance.</summary>
    public static NonconformanceView Of(Nonconformance found) => new(
        found.Id, found.Number, found.Status, found.Quantity, found.Undecided, found.Unit, found.OrderNumber, found.OrderId,
        found.OperationId, found.OperationCode, found.Product, found.Lot, found.Equipment, found.Operator, found.ReportId,
        found.InspectionId, found.ReportedAt, found.OpenedAt, found.EndedAt,
        [.. found.Dispositions.OrderBy(decision => decision.Position).Select(decision => new DispositionView(
            decision.Kind, decision.Quantity, decision.Reason, decision.DecidedBy, decision.DecidedAt))]);
}

/// <summary>Lists nonconformances, newest first.</summary>
static class ListNonconformancesEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/nonconformances", Handle).RequireAuthorization(Permissions.ReadQuality);

    static async Task<Page<NonconformanceView>> Handle(
        [AsParameters] NonconformanceFilter filter, [AsParameters] PageRequest page, QualityDb db, CancellationToken ct)
    {
        var before = page.AfterNumber(first: long.MaxValue);
        var rows = await db.Nonconformances.AsNoTracking().Include(found => found.Dispositions)
            .Where(found => found.Serial < before)
            .Where(found => filter.Open == null || (found.Status == NonconformanceStatus.Open) == filter.Open)
            .Where(found => filter.Order == null || found.OrderNumber == filter.Order)
            .OrderByDescending(found => found.Serial).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(
            [.. rows.Select(NonconformanceView.Of)], page.Size, last => last.Number["NC-".Length..]);
    }
}
