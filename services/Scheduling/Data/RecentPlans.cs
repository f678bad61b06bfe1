using Mes.Scheduling.Domain;
using Npgsql;

namespace Mes.Scheduling.Data;

/// <summary>
/// The operations of the few plans that were read or written last, the latest first. A plan never changes: what was read of it
/// once need not be read again. Whoever asks has seen that the plan is there.
/// </summary>
sealed class RecentPlans
{
    const int PlansMax = 4;
    readonly Lock _lock = new();
    readonly List<(Guid Plan, IReadOnlyList<PlanRow> Rows)> _plans = [];

    /// <summary>The operations of one plan.</summary>
    public async Task<IReadOnlyList<PlanRow>> Of(NpgsqlConnection connection, Guid plan, CancellationToken ct)
    {
        IReadOnlyList<PlanRow>? known;
        lock (_lock) known = _plans.Find(recent => recent.Plan == plan).Rows;
        var rows = known ?? await PlanRows.Of(connection, plan, ct);
        Keep(plan, rows);
        return rows;
    }

    /// <summary>Keeps the operations of a plan; the one that was not asked for longest goes.</summary>
    public void Keep(Guid plan, IReadOnlyList<PlanRow> rows)
    {
        lock (_lock)
        {
            _plans.RemoveAll(recent => recent.Plan == plan);
            _plans.Insert(0, (plan, rows));
            if (_plans.Count > PlansMax) _plans.RemoveAt(PlansMax);
        }
    }
}
