using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Data;

static class DemandChanges
{
    // SQL: a sequence: counting up in a row would queue up all who change something
    /// <summary>Notes that the plan may be out of date; the next incremental run looks at it.</summary>
    public static Task NoteChange(this SchedulingDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT nextval('demand_change')", ct);
}
