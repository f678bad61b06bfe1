using Mes.Scheduling.Engine.Model;

namespace Mes.Engine.Tests;

/// <summary>
/// Looks for a plan of a tiny model that is better than a given value, by trying every alternative at every second,
/// with arithmetic of its own. Knows every restriction and every objective; a branch ends when its part of the plan is
/// no better than the value already.
/// </summary>
sealed class ExhaustiveSolver
{
    readonly SchedulingModel _model;
    readonly int _horizon;
    readonly (Job Job, Operation Operation)[] _operations;
    readonly Dictionary<string, bool[]> _open;
    readonly Placed?[] _placed;
    long[] _best;
    bool _isBetter;

    sealed record Placed(Operation Operation, string Equipment, int Start, int End, Alternative? Alternative);

    ExhaustiveSolver(SchedulingModel model, long[] value, int horizon)
    {
        (_model, _best, _horizon) = (model, value, horizon);
        _operations = [.. model.Jobs.SelectMany(job => job.Operations.Select(item => (job, item)))];
        _open = model.Equipment.ToDictionary(item => item.Id, item => Seconds(item.Calendar));
        foreach (var resource in model.Resources) _open.Add(resource.Id, Seconds(resource.Calendar));
        foreach (var breakdown in model.Breakdowns)
            for (var t = Math.Max(0, breakdown.Down.StartSeconds); t < breakdown.Down.EndSeconds; t++)
                _open[breakdown.EquipmentId][t] = false;
        _placed = new Placed?[_operations.Length];
    }

    /// <summary>The best value below the given one, level by level; null if there is none within the
    /// horizon.</summary>
    public static long[]? Better(SchedulingModel model, long[] value, int horizon)
    {
        var solver = new ExhaustiveSolver(model, value, horizon);
        solver.Place(0);
        return solver._isBetter ? solver._best : null;
    }

    void Place(int index)
    {
        if (index == _operations.Length)
        {
            if (!AreSetUp() || !AreResourcesEnough()) return;
            var value = Value(SetupTime());
            if (value.AsSpan().SequenceCompareTo(_best) >= 0) return;
            (_best, _isBetter) = (value, true);
            return;
        }
        foreach (var candidate in Candidates(_operations[index].Job, _operations[index].Operation))
        {
            _placed[index] = candidate;
            if (KeepsOthers(index) && Value(setupTime: 0).AsSpan().SequenceCompareTo(_best) < 0) Place(index + 1);
            _placed[index] = null;
        }
    }

    IEnumerable<Placed> Candidates(Job job, Operation operation)
    {
        if (operation.Running is { } running)
        {
            var end = 0;
            for (var left = running.RemainingSeconds; left > 0; end++)
                if (_open[running.EquipmentId][end]) left--;
            yield return new Placed(operation, running.EquipmentId, running.StartSeconds, end,
                operation.Alternatives.FirstOrDefault(item => item.EquipmentId == running.EquipmentId));
            yield break;
        }
        var pin = Pin(operation, out var mayBeFrozen);
        var earliest = Math.Max(Math.Max(0, job.ReleaseSeconds),
            Math.Max(operation.MaterialSeconds, mayBeFrozen ? 0 : _model.FrozenUntilSeconds));
        foreach (var alternative in operation.Alternatives)
        {
            for (var start = earliest; start < _horizon; start++)
            {
                if (pin is not null && (pin.EquipmentId, pin.StartSeconds) != (alternative.EquipmentId, start)) continue;
                if (End(operation, alternative, start) is { } end)
                    yield return new Placed(operation, alternative.EquipmentId, start, end, alternative);
            }
        }
    }

    /// <summary>Where the operation must be; <paramref name="mayBeFrozen"/> if it may begin within the frozen zone.</summary>
    Placement? Pin(Operation operation, out bool mayBeFrozen)
    {
        mayBeFrozen = true;
        if (operation.Lock is { } pinned) return pinned;
        if (_model.Baseline.GetValueOrDefault(operation.Id) is { } before)
        {
            if (before.StartSeconds < 0) return null;
            if (before.StartSeconds < _model.FrozenUntilSeconds
                && operation.Alternatives.Any(item => item.EquipmentId == before.EquipmentId)) return before;
        }
        mayBeFrozen = false;
        return null;
    }

    int? End(Operation operation, Alternative alternative, int start)
    {
        bool IsOpen(int t) => _open[alternative.EquipmentId][t] && alternative.Demands.All(d => _open[d.ResourceId][t]);
        if (!IsOpen(start)) return null;
        var (at, left) = (start, alternative.DurationSeconds);
        for (; left > 0; at++)
        {
            if (at >= _horizon) return null;
            if (IsOpen(at)) left--; else if (!operation.Splittable) return null;
        }
        return at;
    }

    bool KeepsOthers(int index)
    {
        var own = _placed[index]!;
        for (var i = 0; i < index; i++)
        {
            var other = _placed[i]!;
            if (other.Equipment != own.Equipment) continue;
            var isFree = (own.Operation.Running, other.Operation.Running) switch
            {
                (null, null) => own.End <= other.Start || other.End <= own.Start,
                (null, _) => own.Start >= other.End,
                (_, null) => other.Start >= own.End,
                _ => true, // whatever runs there, runs
            };
            if (!isFree) return false;
        }
        return _model.Precedences.All(arc =>
        {
            var from = Array.Find(_placed, item => item?.Operation.Id == arc.From);
            var to = Array.Find(_placed, item => item?.Operation.Id == arc.To);
            if (from is null || to is null || to.Operation.Running is not null) return true;
            var lag = (arc.Kind == LagKind.EndEnd ? to.End : to.Start)
                - (arc.Kind == LagKind.StartStart ? from.Start : from.End);
            return lag >= arc.MinLagSeconds && lag <= (arc.MaxLagSeconds ?? int.MaxValue);
        });
    }

    /// <summary>The setups of an equipment in sequence: free from, start, seconds needed.</summary>
    IEnumerable<(string Equipment, int Free, int Start, int Needed)> Setups()
    {
        foreach (var equipment in _model.Equipment)
        {
            var sequence = _placed.Where(item => item!.Equipment == equipment.Id).Select(item => item!)
                .OrderBy(item => item.Operation.Running is null)
                .ThenBy(item => item.Operation.Running is null ? item.Start : item.End)
                .ThenBy(item => item.Operation.Running is null ? item.End : item.Start);
            var (family, free) = (equipment.InitialFamily, 0);
            foreach (var placed in sequence)
            {
                if (placed.Operation.Running is null)
                    yield return (equipment.Id, free, placed.Start,
                        Needed(equipment.Setup, family, placed.Operation.SetupFamily));
                (family, free) = (placed.Operation.SetupFamily, Math.Max(free, placed.End));
            }
        }
    }

    static int Needed(SetupMatrix? matrix, string? from, string? to) => matrix is null || from is null || to is null ? 0
        : matrix.Seconds[matrix.Families.ToList().IndexOf(from)][matrix.Families.ToList().IndexOf(to)];

    bool AreSetUp() => Setups().All(setup => Enumerable.Range(setup.Free, Math.Max(0, setup.Start - setup.Free))
        .Count(t => _open[setup.Equipment][t]) >= setup.Needed);

    long SetupTime() => Setups().Sum(setup => (long)setup.Needed);

    bool AreResourcesEnough() => _model.Resources.All(resource =>
    {
        var (used, isMovable) = (new int[_horizon], new bool[_horizon]);
        foreach (var placed in _placed)
        {
            var quantity = placed!.Alternative?.Demands.Where(item => item.ResourceId == resource.Id)
                .Sum(item => item.Quantity) ?? 0;
            if (quantity == 0) continue;
            var mayPause = placed.Operation.Splittable || placed.Operation.Running is not null;
            for (var t = Math.Max(0, placed.Start); t < placed.End; t++)
            {
                var isWorked = _open[placed.Equipment][t] && (placed.Operation.Running is not null
                    || placed.Alternative!.Demands.All(item => _open[item.ResourceId][t]));
                if (mayPause && !resource.HeldDuringPauses && !isWorked) continue;
                used[t] += quantity;
                isMovable[t] |= placed.Operation.Running is null;
            }
        }
        return Enumerable.Range(0, _horizon).All(t => used[t] <= resource.Capacity || !isMovable[t]);
    });

    /// <summary>The levels of what is placed so far; never above those of the whole.</summary>
    long[] Value(long setupTime)
    {
        long tardiness = 0, makespan = 0, instability = 0, workInProcess = 0;
        foreach (var job in _model.Jobs)
        {
            var placed = _placed.Where(item => item is not null && job.Operations.Contains(item.Operation)).ToArray();
            if (placed.Length == 0) continue;
            var end = placed.Max(item => item!.End);
            makespan = Math.Max(makespan, end);
            workInProcess += end - placed.Min(item => item!.Start);
            if (job.DueSeconds is { } due) tardiness += job.Weight * Math.Max(0L, end - due);
            instability += placed.Sum(item => Displacement(item!));
        }
        return [.. _model.Objective.Levels.Select(level => level.Sum(term => term.Weight * (term.Criterion switch
        {
            Criterion.WeightedTardiness => tardiness,
            Criterion.Makespan => makespan,
            Criterion.SetupTime => setupTime,
            Criterion.Instability => instability,
            _ => workInProcess,
        })))];
    }

    long Displacement(Placed placed)
    {
        if (placed.Operation.Running is not null || !_model.Baseline.TryGetValue(placed.Operation.Id, out var before))
            return 0;
        return Math.Abs(placed.Start - before.StartSeconds)
            + (placed.Equipment == before.EquipmentId ? 0 : _model.Objective.EquipmentChangeSeconds);
    }

    bool[] Seconds(Calendar calendar)
    {
        var open = new bool[_horizon + 1];
        foreach (var window in calendar.OpenWindows)
            for (var t = Math.Max(0, window.StartSeconds); t < Math.Min(_horizon, window.EndSeconds); t++)
                open[t] = true;
        return open;
    }
}
