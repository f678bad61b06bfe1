using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Data;

/// <summary>Notes what the plan in force has to answer at once.</summary>
sealed class PlanningEvents(SchedulingDb db, EventSignal noted)
{
    public const string Breakdown = "breakdown";
    public const string QualityHold = "quality-hold";
    public const string RushOrder = "rush-order";
    public const string OrderStopped = "order-stopped";
    public const string OrderChanged = "order-changed";
    public const string LateMaterial = "late-material";
    public const string Calendar = "calendar";
    public const string Progress = "progress";

    // SQL: the table is a queue that nobody edits, and an entity would put every event into the audit trail
    // Not audited: a queue of work to do
    /// <summary>Notes an event with the current transaction.</summary>
    public Task Note(string kind, string subject, CancellationToken ct)
    {
        db.AfterCommit(noted.Set);
        return db.Database.ExecuteSqlAsync($"INSERT INTO planning_event (kind, subject) VALUES ({kind}, {subject})", ct);
    }
}
