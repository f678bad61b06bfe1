using System.Collections.Concurrent;
using Mes.Scheduling.Domain;
using Npgsql;

namespace Mes.Scheduling.Data;

/// <summary>
/// The operations of the plans that were read or written last. A plan never changes: what was read of it once need not be read
/// again. Whoever asks has seen that the plan is there.
/// </summary>
sealed class KeptPlans
{
    const int PlansMax = 4;
    readonly ConcurrentDictionary<Guid, IReadOnlyList<PlanRow>> _rows = new();
    readonly ConcurrentQueue<Guid> _order = new();

    /// <summary>The operations of one plan.</summary>
    public async Task<IReadOnlyList<PlanRow>> Of(NpgsqlConnection connection, Guid plan, CancellationToken ct)
    {
        if (_rows.TryGetValue(plan, out var kept)) return kept;
        var rows = await PlanRows.Of(connection, plan, ct);
        Keep(plan, rows);
        return rows;
    }

    /// <summary>Keeps the operations of a plan; the oldest goes.</summary>
    public void Keep(Guid plan, IReadOnlyList<PlanRow> rows)
    {
        if (!_rows.TryAdd(plan, rows)) return;
        _order.Enqueue(plan);
        while (_order.Count > PlansMax && _order.TryDequeue(out var oldest)) _rows.TryRemove(oldest, out _);
    }
}
