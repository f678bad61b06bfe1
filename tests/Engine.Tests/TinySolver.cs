using Mes.Scheduling.Engine.Model;

namespace Mes.Engine.Tests;

/// <summary>
/// The exact optimum of a tiny model by trying every order and every alternative, second by second, with arithmetic
/// of its own. Every operation goes to the first second at which nothing forbids it; some order gives an optimal plan
/// for any regular objective. No maximum lags, locks, running work or frozen zone.
/// </summary>
sealed class TinySolver
{
    const int Horizon = 400;
    readonly SchedulingModel _model;
    readonly Operation[] _operations;
    readonly Dictionary<string, bool[]> _open;
    readonly Dictionary<string, int[]> _used;
    readonly Dictionary<string, List<Placed>> _sequence;
    readonly Dictionary<string, Placed> _placed = [];
    readonly Func<TinySolver, long> _value;
    long _best = long.MaxValue;

    internal sealed record Placed(Operation Operation, int Start, int End);

    TinySolver(SchedulingModel model, Func<TinySolver, long> value)
    {
        (_model, _value) = (model, value);
        _operations = [.. model.Jobs.SelectMany(job => job.Operations)];
        _open = model.Equipment.ToDictionary(item => item.Id, item => Seconds(item.Calendar));
        foreach (var resource in model.Resources) _open.Add(resource.Id, Seconds(resource.Calendar));
        foreach (var breakdown in model.Breakdowns)
            for (var t = breakdown.Down.StartSeconds; t < breakdown.Down.EndSeconds; t++)
                _open[breakdown.EquipmentId][t] = false;
        _used = model.Resources.ToDictionary(item => item.Id, _ => new int[Horizon]);
        _sequence = model.Equipment.ToDictionary(item => item.Id, _ => new List<Placed>());
    }

    public static long Makespan(SchedulingModel model) => Weighted(model, (0, 1, 0));

    public static long WeightedTardiness(SchedulingModel model) => Weighted(model, (1, 0, 0));

    /// <summary>The least weighted sum.</summary>
    public static long Weighted(SchedulingModel model, (long Tardiness, long Makespan, long Setup) weight) =>
        new TinySolver(model, plan => weight.Tardiness * plan.Tardiness()
            + weight.Makespan * plan._placed.Values.Max(item => item.End) + weight.Setup * plan.SetupTime()).Search();

    long Tardiness() => _model.Jobs.Sum(job => job.DueSeconds is { } due
        ? job.Weight * Math.Max(0L, job.Operations.Max(item => _placed[item.Id].End) - due)
        : 0);

    long SetupTime()
    {
        var total = 0L;
        foreach (var equipment in _model.Equipment.Where(item => item.Setup is not null))
        {
            var family = equipment.InitialFamily;
            foreach (var placed in _sequence[equipment.Id])
            {
                total += family is null ? 0 : Setup(equipment.Setup!, family, placed.Operation.SetupFamily!);
                family = placed.Operation.SetupFamily;
            }
        }
        return total;
    }

    static int Setup(SetupMatrix matrix, string from, string to) =>
        matrix.Seconds[matrix.Families.ToList().IndexOf(from)][matrix.Families.ToList().IndexOf(to)];

    static bool[] Seconds(Calendar calendar)
    {
        var open = new bool[Horizon];
        foreach (var window in calendar.OpenWindows)
            for (var t = Math.Max(0, window.StartSeconds); t < Math.Min(Horizon, window.EndSeconds); t++)
                open[t] = true;
        return open;
    }

    long Search()
    {
        if (_placed.Count == _operations.Length) return _best = Math.Min(_best, _value(this));
        foreach (var operation in _operations.Where(item => !_placed.ContainsKey(item.Id) && IsReady(item)))
            foreach (var alternative in operation.Alternatives) Try(operation, alternative);
        return _best;
    }

    bool IsReady(Operation operation) => _model.Precedences
        .Where(arc => arc.To == operation.Id).All(arc => _placed.ContainsKey(arc.From));

    void Try(Operation operation, Alternative alternative)
    {
        var start = 0;
        while (start < Horizon && !CanStart(operation, alternative, start)) start++;
        if (start == Horizon) return;
        var seconds = Work(operation, alternative, start)!;
        var placed = new Placed(operation, start, seconds.Length == 0 ? start : seconds[^1] + 1);
        var uses = alternative.Demands.SelectMany(demand => UseSeconds(demand, placed, seconds)
            .Select(t => (demand.ResourceId, t, demand.Quantity))).ToArray();
        foreach (var (resource, t, quantity) in uses) _used[resource][t] += quantity;
        _sequence[alternative.EquipmentId].Add(placed);
        _placed.Add(operation.Id, placed);
        Search();
        _placed.Remove(operation.Id);
        _sequence[alternative.EquipmentId].RemoveAt(_sequence[alternative.EquipmentId].Count - 1);
        foreach (var (resource, t, quantity) in uses) _used[resource][t] -= quantity;
    }

    bool CanStart(Operation operation, Alternative alternative, int start)
    {
        var job = _model.Jobs.Single(item => item.Operations.Contains(operation));
        if (start < job.ReleaseSeconds || start < operation.MaterialSeconds) return false;
        if (Work(operation, alternative, start) is not { } seconds) return false;
        var placed = new Placed(operation, start, seconds.Length == 0 ? start : seconds[^1] + 1);
        return IsSetUp(operation, alternative, start) && KeepsLags(placed) && alternative.Demands.All(demand =>
            UseSeconds(demand, placed, seconds).All(t => _used[demand.ResourceId][t] + demand.Quantity
                <= _model.Resources.Single(item => item.Id == demand.ResourceId).Capacity));
    }

    /// <summary>The seconds in which the work is done; null if it cannot start here.</summary>
    int[]? Work(Operation operation, Alternative alternative, int start)
    {
        bool IsOpen(int t) => _open[alternative.EquipmentId][t] && alternative.Demands.All(d => _open[d.ResourceId][t]);
        if (!IsOpen(start)) return null;
        var seconds = Enumerable.Range(start, Horizon - start).Where(IsOpen)
            .Take(alternative.DurationSeconds).ToArray();
        if (seconds.Length < alternative.DurationSeconds) return null;
        return operation.Splittable || seconds.Length == 0 || seconds[^1] == start + seconds.Length - 1 ? seconds
            : null;
    }

    bool IsSetUp(Operation operation, Alternative alternative, int start)
    {
        var equipment = _model.Equipment.Single(item => item.Id == alternative.EquipmentId);
        var last = _sequence[equipment.Id].LastOrDefault();
        var free = last?.End ?? 0;
        if (start < free) return false;
        var family = last is null ? equipment.InitialFamily : last.Operation.SetupFamily;
        if (equipment.Setup is not { } setup || family is null) return true;
        var needed = Setup(setup, family, operation.SetupFamily!);
        return Enumerable.Range(free, start - free).Count(t => _open[equipment.Id][t]) >= needed;
    }

    bool KeepsLags(Placed placed) => _model.Precedences.Where(arc => arc.To == placed.Operation.Id).All(arc =>
    {
        var from = _placed[arc.From];
        return arc.Kind switch
        {
            LagKind.EndStart => placed.Start >= from.End + arc.MinLagSeconds,
            LagKind.StartStart => placed.Start >= from.Start + arc.MinLagSeconds,
            _ => placed.End >= from.End + arc.MinLagSeconds,
        };
    });

    IEnumerable<int> UseSeconds(ResourceDemand demand, Placed placed, int[] seconds) =>
        _model.Resources.Single(item => item.Id == demand.ResourceId).HeldDuringPauses
            ? Enumerable.Range(placed.Start, placed.End - placed.Start)
            : seconds;
}
