using Dapper;
using Mes.Scheduling.Domain;
using Npgsql;

namespace Mes.Scheduling.Data;

/// <summary>What was last done on each equipment.</summary>
sealed class LastWork
{
    public string Equipment { get; init; } = "";
    public Guid OperationId { get; init; }
    public DateTime EndedAt { get; init; }
    public string? SetupFamily { get; init; }
}

/// <summary>What has become of the operations of open orders: worked on, under way, locked, taken out, blocked.</summary>
sealed class OperationStates
{
    readonly Dictionary<Guid, Progress> _progress;
    readonly Dictionary<string, UnderWay> _workAt;
    readonly Dictionary<Guid, UnderWay> _workOn;
    readonly Dictionary<Guid, OperationLock> _locks;
    readonly HashSet<Guid> _takenOut;
    readonly HashSet<Guid?> _held;
    readonly HashSet<string> _retired;
    readonly ILookup<Guid, LastWork> _last;
    readonly DateTime _since;

    OperationStates(Reading reading, IReadOnlyList<LastWork> last, DateTimeOffset since)
    {
        _progress = reading.Progress.ToDictionary(own => own.OperationId);
        _workAt = reading.Work.ToDictionary(work => work.Equipment);
        _workOn = reading.Work.OrderByDescending(work => work.StartedAt).DistinctBy(work => work.OperationId)
            .ToDictionary(work => work.OperationId);
        _locks = reading.Locks.ToDictionary(own => own.OperationId, own => new OperationLock(own.Equipment, own.StartsAt));
        (_takenOut, _held, _retired) = ([.. reading.TakenOut], [.. reading.Held], [.. reading.Retired]);
        _last = last.ToLookup(work => work.OperationId);
        _since = since.UtcDateTime;
    }

    /// <param name="connection">Where to read.</param>
    /// <param name="last">What was last done on each equipment.</param>
    /// <param name="since">Work that was reported since then is taken to go on.</param>
    /// <param name="order">The only order that matters; null: all.</param>
    public static async Task<OperationStates> Read(
        NpgsqlConnection connection, IReadOnlyList<LastWork> last, DateTimeOffset since, Guid? order) => new(new Reading(
            await connection.QueryAsync<Progress>(
                """
                SELECT p.operation_id, p.finished, p.reports, p.equipment, p.started_at, p.ended_at
                FROM demand_order d JOIN demand_operation o USING (order_id) JOIN progress p USING (operation_id)
                WHERE d.status = 'Released' AND NOT o.is_done AND (@order::uuid IS NULL OR d.order_id = @order)
                """, new { order }),
            await connection.QueryAsync<UnderWay>(
                """
                SELECT DISTINCT ON (equipment) equipment, operation_id, started_at FROM work WHERE NOT is_over
                ORDER BY equipment, started_at DESC, work_id
                """),
            await connection.QueryAsync<Locked>("SELECT operation_id, equipment, starts_at FROM operation_lock"),
            await connection.QueryAsync<Guid>("SELECT operation_id FROM taken_out_operation"),
            await connection.QueryAsync<Guid?>(
                "SELECT unnest(ARRAY[operation_id, order_id]) FROM quality_hold WHERE is_active"),
            await connection.QueryAsync<string>("SELECT code FROM equipment WHERE retired_at IS NOT NULL")), last, since);

    /// <summary>The operations of an order that are not finished, as they are now.</summary>
    public IReadOnlyList<DemandOperation> StillOpen(Guid order, IReadOnlyList<DemandOperation> asked) =>
        [.. asked.Where(operation => !IsFinished(operation)).Select(operation => AsItIs(order, operation))];

    bool IsFinished(DemandOperation asked) => _progress.TryGetValue(asked.OperationId, out var own)
        && own.Reports != 0 && own.Finished >= asked.Remaining;

    DemandOperation AsItIs(Guid order, DemandOperation asked)
    {
        var id = asked.OperationId;
        var own = _progress.GetValueOrDefault(id);
        return asked with
        {
            Equipment = _retired.Count == 0 ? asked.Equipment : [.. asked.Equipment.Where(code => !_retired.Contains(code))],
            Remaining = Math.Max(0, asked.Remaining - (own?.Finished ?? 0)),
            SetUpAt = own is { IsBegun: true } ? [.. _last[id].Select(work => work.Equipment)] : [],
            Running = RunningOf(id, own),
            IsHeld = _held.Contains(id) || _held.Contains(order),
            IsTakenOut = _takenOut.Contains(id),
            Lock = _locks.GetValueOrDefault(id)
        };
    }

    RunningWork? RunningOf(Guid id, Progress? own)
    {
        if (_workOn.TryGetValue(id, out var work))
        {
            return new RunningWork(work.Equipment, own?.StartedAt < work.StartedAt ? own.StartedAt.Value : work.StartedAt);
        }
        return own is { IsBegun: true } && IsRunning(id, own) ? new RunningWork(own.Equipment!, own.StartedAt!.Value) : null;
    }

    /// <summary>It was reported lately, and nothing else was done there since, or is under way.</summary>
    bool IsRunning(Guid id, Progress own) => own.EndedAt > _since
        && !(_workAt.TryGetValue(own.Equipment!, out var other) && other.OperationId != id)
        && _last[id].Any(work => work.Equipment == own.Equipment && work.EndedAt == own.EndedAt);

    sealed record Reading(IEnumerable<Progress> Progress, IEnumerable<UnderWay> Work, IEnumerable<Locked> Locks,
        IEnumerable<Guid> TakenOut, IEnumerable<Guid?> Held, IEnumerable<string> Retired);

    sealed class Progress
    {
        public Guid OperationId { get; init; }
        public decimal Finished { get; init; }
        public int Reports { get; init; }
        public string? Equipment { get; init; }
        public DateTime? StartedAt { get; init; }
        public DateTime? EndedAt { get; init; }

        public bool IsBegun => Reports > 0;
    }

    sealed class UnderWay
    {
        public string Equipment { get; init; } = "";
        public Guid OperationId { get; init; }
        public DateTime StartedAt { get; init; }
    }

    sealed class Locked
    {
        public Guid OperationId { get; init; }
        public string Equipment { get; init; } = "";
        public DateTime StartsAt { get; init; }
    }
}
