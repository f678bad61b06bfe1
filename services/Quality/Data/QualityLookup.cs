using Mes.Contracts;
using Mes.Quality.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Data;

/// <summary>
/// Rows locked until the end of the transaction. Whoever locks several does it in the order of this class: order, inspections,
/// holds, nonconformance.
/// </summary>
static class QualityLookup
{
    /// <summary>The order, made from what a message says of it where it is not known yet.</summary>
    public static async Task<FollowedOrder> LockOrder(
        this QualityDb db, Guid orderId, string number, string product, CancellationToken ct)
    {
        // SQL: two messages may name a new order at once: put in where it is not there, then locked
        // Not audited: what WorkOrders' own trail tells
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO followed_order (order_id, number, product) VALUES ({orderId}, {number}, {product})
            ON CONFLICT DO NOTHING
            """, ct);
        var locked = db.Orders.FromSql($"SELECT * FROM followed_order WHERE order_id = {orderId} FOR UPDATE");
        return (await locked.ToListAsync(ct)).Single();
    }

    /// <summary>An inspection, or null.</summary>
    public static async Task<Inspection?> LockInspection(this QualityDb db, Guid id, CancellationToken ct) =>
        (await db.Inspections.FromSql($"SELECT * FROM inspection WHERE id = {id} FOR UPDATE").ToListAsync(ct))
        .SingleOrDefault();

    /// <summary>The open inspections of an order.</summary>
    public static Task<List<Inspection>> LockOpenInspections(this QualityDb db, Guid orderId, CancellationToken ct) =>
        db.Inspections.FromSql(
            $"SELECT * FROM inspection WHERE order_id = {orderId} AND status = 'Open' ORDER BY id FOR UPDATE").ToListAsync(ct);

    /// <summary>The inspections of a report that are not withdrawn.</summary>
    public static Task<List<Inspection>> LockInspectionsOf(this QualityDb db, Guid reportId, CancellationToken ct) =>
        db.Inspections.FromSql(
            $"""
            SELECT * FROM inspection WHERE report_id = {reportId} AND status <> 'Withdrawn' ORDER BY id FOR UPDATE
            """).ToListAsync(ct);

    /// <summary>The measurements of an inspection, in the order they were recorded.</summary>
    public static Task<List<Measurement>> MeasurementsOf(this QualityDb db, Guid inspectionId, CancellationToken ct) =>
        db.Measurements.AsNoTracking().Where(row => row.InspectionId == inspectionId)
            .OrderBy(row => row.Position).ToListAsync(ct);

    /// <summary>A plan, or null.</summary>
    public static async Task<InspectionPlan?> LockPlan(this QualityDb db, string code, CancellationToken ct) =>
        (await db.Plans.FromSql($"SELECT * FROM inspection_plan WHERE code = {code} FOR UPDATE").ToListAsync(ct))
        .SingleOrDefault();

    /// <summary>A hold, or null.</summary>
    public static async Task<Hold?> LockHold(this QualityDb db, Guid id, CancellationToken ct) =>
        (await db.Holds.FromSql($"SELECT * FROM hold WHERE id = {id} FOR UPDATE").ToListAsync(ct)).SingleOrDefault();

    /// <summary>The active holds that inspections have placed.</summary>
    public static Task<List<Hold>> LockHoldsOf(this QualityDb db, Guid[] inspectionIds, CancellationToken ct) =>
        db.Holds.FromSql(
            $"SELECT * FROM hold WHERE inspection_id = ANY ({inspectionIds}) AND is_active ORDER BY id FOR UPDATE")
        .ToListAsync(ct);

    /// <summary>A nonconformance with its dispositions, or null.</summary>
    public static async Task<Nonconformance?> LockNonconformance(this QualityDb db, Guid id, CancellationToken ct)
    {
        var locked = db.Nonconformances.FromSql($"SELECT * FROM nonconformance WHERE id = {id} FOR UPDATE");
        var found = (await locked.ToListAsync(ct)).SingleOrDefault();
        if (found is not null)
        {
            // after the lock is held: a join would read the dispositions as they were before the wait
            await db.Entry(found).Collection(nonconformance => nonconformance.Dispositions).LoadAsync(ct);
        }
        return found;
    }

    /// <summary>The nonconformances of a report's pieces, its own and those of its inspections, without dispositions.</summary>
    public static Task<List<Nonconformance>> LockNonconformancesOf(this QualityDb db, Guid reportId, CancellationToken ct) =>
        db.Nonconformances.FromSql(
            $"SELECT * FROM nonconformance WHERE judged_report_id = {reportId} ORDER BY id FOR UPDATE").ToListAsync(ct);

    /// <summary>The plans that are for each of the reports.</summary>
    public static async Task<ILookup<Guid, InspectionPlan>> PlansFor(
        this QualityDb db, IReadOnlyCollection<ProductionReported> reports, CancellationToken ct)
    {
        var products = reports.Select(report => report.Product).Distinct().ToList();
        var candidates = reports.Count == 0 ? [] : await db.Plans.AsNoTracking()
            .Where(plan => plan.IsActive && (plan.Product == null || products.Contains(plan.Product)))
            .OrderBy(plan => plan.Code).ToListAsync(ct);
        return reports.DistinctBy(report => report.ReportId)
            .SelectMany(report => candidates.Where(plan => plan.Definition.IsFor(report))
                .Select(plan => (report.ReportId, Plan: plan)))
            .ToLookup(pair => pair.ReportId, pair => pair.Plan);
    }

    /// <summary>Tells the other services of a hold as it is now.</summary>
    public static void PublishHold(this QualityDb db, Hold hold) => db.Outbox.Add(hold.ToContract());

    /// <summary>Tells the order what is decided so far on a nonconformance's pieces; nothing while nothing is.</summary>
    public static void PublishJudgement(this QualityDb db, Nonconformance found, string reason)
    {
        if (found.Version > 0)
        {
            db.Outbox.Add(found.ToContract($"{found.Number}: {reason}"));
        }
    }

    /// <summary>The figures of the next nonconformance's number.</summary>
    public static Task<long> NextNonconformanceSerial(this QualityDb db, CancellationToken ct) =>
        db.Database.SqlQuery<long>($"SELECT nextval('nonconformance_serial') AS \"Value\"").SingleAsync(ct);

    /// <summary>The figures of the next inspection's number.</summary>
    public static Task<long> NextInspectionSerial(this QualityDb db, CancellationToken ct) =>
        db.Database.SqlQuery<long>($"SELECT nextval('inspection_serial') AS \"Value\"").SingleAsync(ct);
}
