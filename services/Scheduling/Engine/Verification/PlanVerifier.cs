using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Verification;

/// <summary>
/// Checks a plan against the model as it was given, not as the solvers see it: shares no code with them, so that a
/// mistake of theirs does not hide here. Written to be plain rather than fast, O(N log N) all the same.
/// </summary>
public sealed class PlanVerifier
{
    readonly SchedulingModel _model;
    readonly List<Violation> _violations = [];
    readonly Dictionary<string, (Job Job, Operation Operation)> _known = [];
    readonly Dictionary<string, Model.Equipment> _equipment;
    readonly Dictionary<string, SecondaryResource> _resources;
    readonly ILookup<string, Window> _down;
    readonly Dictionary<string, OpenTime> _openTime = [];
    readonly Dictionary<string, PlannedOperation> _planned = [];

    PlanVerifier(SchedulingModel model)
    {
        _model = model;
        foreach (var job in model.Jobs)
            foreach (var operation in job.Operations) _known.Add(operation.Id, (job, operation));
        _equipment = model.Equipment.ToDictionary(equipment => equipment.Id);
        _resources = model.Resources.ToDictionary(resource => resource.Id);
        _down = model.Breakdowns.ToLookup(breakdown => breakdown.EquipmentId, breakdown => breakdown.Down);
    }

    /// <summary>Everything that is wrong with a plan, its stated figures included; empty if nothing is.</summary>
    /// <param name="model">A model that is not refused.</param>
    /// <param name="plan">Any plan.</param>
    public static IReadOnlyList<Violation> Verify(SchedulingModel model, Plan plan)
    {
        var violations = Verify(model, plan.Operations).ToList();
        if (violations.Count > 0) return violations;
        var measures = MeasureCheck.Measure(model, plan.Operations);
        if (measures != plan.Measures || model.Objective.Of(measures) != plan.Value)
            violations.Add(new Violation(ViolationCode.Measures, "", $"stated {plan.Measures}, found {measures}"));
        return violations;
    }

    /// <summary>Everything that is wrong with these placements; empty if nothing is.</summary>
    public static IReadOnlyList<Violation> Verify(SchedulingModel model, IEnumerable<PlannedOperation> operations)
    {
        var verifier = new PlanVerifier(model);
        verifier.CheckDemand(operations);
        foreach (var planned in verifier._planned.Values) verifier.CheckAlone(planned);
        foreach (var group in verifier._planned.Values.GroupBy(planned => planned.EquipmentId))
            verifier.CheckEquipment(group);
        foreach (var precedence in model.Precedences) verifier.CheckPrecedence(precedence);
        foreach (var resource in model.Resources) verifier.CheckResource(resource);
        return verifier._violations;
    }

    /// <summary>The verifier's own count of the figures of a plan that it has found right.</summary>
    public static PlanMeasures Measure(SchedulingModel model, IReadOnlyList<PlannedOperation> operations) =>
        MeasureCheck.Measure(model, operations);

    /// <summary>Every operation exactly once, each on equipment that can do it. What fails here is not looked at
    /// further.</summary>
    void CheckDemand(IEnumerable<PlannedOperation> operations)
    {
        foreach (var planned in operations)
        {
            if (!_known.TryGetValue(planned.OperationId, out var known))
                Report(ViolationCode.Unknown, planned, "not in the model");
            else if (known.Job.Id != planned.JobId)
                Report(ViolationCode.Unknown, planned, $"belongs to job {known.Job.Id}, not {planned.JobId}");
            else if (known.Operation.Running is null && Alternative(planned) is null)
                Report(ViolationCode.Equipment, planned, $"{planned.EquipmentId} is no alternative");
            else if (!_planned.TryAdd(planned.OperationId, planned))
                Report(ViolationCode.Duplicate, planned, "planned twice");
        }
        foreach (var id in _known.Keys.Except(operations.Select(planned => planned.OperationId)))
            _violations.Add(new Violation(ViolationCode.Missing, id, "not planned"));
    }

    void CheckAlone(PlannedOperation planned)
    {
        var (job, operation) = _known[planned.OperationId];
        if (operation.Running is { } running) { CheckRunning(planned, running); return; }
        CheckWork(planned, operation, Alternative(planned)!);
        var earliest = Math.Max(0, Math.Max(job.ReleaseSeconds, operation.MaterialSeconds));
        if (operation.Lock is { } pin)
        {
            if (!IsAt(planned, pin)) Report(ViolationCode.Lock, planned, $"locked to {pin}");
        }
        else CheckFrozenZone(planned);
        if (planned.StartSeconds < earliest)
            Report(ViolationCode.Release, planned, $"starts {planned.StartSeconds} before {earliest}");
    }

    void CheckRunning(PlannedOperation planned, Running running)
    {
        if (planned.EquipmentId != running.EquipmentId || planned.StartSeconds != running.StartSeconds)
        {
            Report(ViolationCode.Running, planned, $"runs on {running.EquipmentId} since {running.StartSeconds}");
            return;
        }
        var open = OpenTimeOf(planned.EquipmentId, []);
        var end = planned.EndSeconds;
        var isExact = running.RemainingSeconds == 0
            ? end == 0
            : open.SecondsBetween(0, end) == running.RemainingSeconds && open.IsOpenAt(end - 1);
        if (!isExact) Report(ViolationCode.Running, planned, $"{running.RemainingSeconds} left, but ends at {end}");
    }

    void CheckWork(PlannedOperation planned, Operation operation, Alternative alternative)
    {
        var open = OpenTimeOf(planned.EquipmentId, alternative.Demands);
        var (start, end, work) = (planned.StartSeconds, planned.EndSeconds, alternative.DurationSeconds);
        var isOpen = open.IsOpenAt(start) && (work == 0 || open.IsOpenAt(end - 1));
        var fits = open.SecondsBetween(start, end) == work && (operation.Splittable || end - start == work);
        if (!isOpen || !fits || end < start || (work == 0 && end != start))
            Report(ViolationCode.Calendar, planned, $"{start} to {end} is not {work} open seconds");
    }

    void CheckFrozenZone(PlannedOperation planned)
    {
        var operation = _known[planned.OperationId].Operation;
        var until = _model.FrozenUntilSeconds;
        if (!_model.Baseline.TryGetValue(planned.OperationId, out var before))
        {
            if (planned.StartSeconds < until) Report(ViolationCode.FrozenZone, planned, $"starts before {until}");
            return;
        }
        if (before.StartSeconds < 0) return; // overdue: may start at once
        var isFrozen = before.StartSeconds < until
            && operation.Alternatives.Any(alternative => alternative.EquipmentId == before.EquipmentId);
        if (isFrozen ? !IsAt(planned, before) : planned.StartSeconds < until)
            Report(ViolationCode.FrozenZone, planned, isFrozen ? $"frozen at {before}" : $"starts before {until}");
    }

    void CheckEquipment(IGrouping<string, PlannedOperation> group)
    {
        var equipment = _equipment[group.Key];
        var open = OpenTimeOf(equipment.Id, []);
        var running = group.Where(IsRunning).OrderBy(planned => planned.EndSeconds)
            .ThenBy(planned => planned.StartSeconds).LastOrDefault();
        var (family, free) = running is null
            ? (equipment.InitialFamily, 0)
            : (_known[running.OperationId].Operation.SetupFamily, running.EndSeconds);
        foreach (var planned in group.Where(planned => !IsRunning(planned))
            .OrderBy(planned => planned.StartSeconds).ThenBy(planned => planned.EndSeconds))
        {
            var nextFamily = _known[planned.OperationId].Operation.SetupFamily;
            var setup = SetupSeconds(equipment, family, nextFamily);
            var (setupStart, start) = (planned.SetupStartSeconds, planned.StartSeconds);
            if (start < free)
                Report(ViolationCode.Overlap, planned, $"starts {start}, but {equipment.Id} is free from {free}");
            else if (setupStart < free || setupStart > start || open.SecondsBetween(setupStart, start) < setup)
                Report(ViolationCode.Setup, planned, $"needs {setup} from {free} to {start}, begins {setupStart}");
            (family, free) = (nextFamily, Math.Max(free, planned.EndSeconds));
        }
    }

    internal static int SetupSeconds(Model.Equipment equipment, string? from, string? to)
    {
        if (equipment.Setup is not { } setup) return 0;
        var (row, column) = (IndexOf(from), IndexOf(to));
        return row < 0 || column < 0 ? 0 : setup.Seconds[row][column];

        int IndexOf(string? family)
        {
            for (var i = 0; i < setup.Families.Count; i++) if (setup.Families[i] == family) return i;
            return -1;
        }
    }

    void CheckPrecedence(Precedence arc)
    {
        if (!_planned.TryGetValue(arc.From, out var from) || !_planned.TryGetValue(arc.To, out var to)) return;
        if (IsRunning(to)) return; // has begun all the same
        var begin = arc.Kind == LagKind.StartStart ? from.StartSeconds : from.EndSeconds;
        var lag = (arc.Kind == LagKind.EndEnd ? to.EndSeconds : to.StartSeconds) - begin;
        if (lag < arc.MinLagSeconds)
            Report(ViolationCode.MinLag, to, $"{lag} after {arc.From}, at least {arc.MinLagSeconds}");
        if (lag > arc.MaxLagSeconds)
            Report(ViolationCode.MaxLag, to, $"{lag} after {arc.From}, at most {arc.MaxLagSeconds}");
    }

    void CheckResource(SecondaryResource resource)
    {
        var changes = _planned.Values.SelectMany(planned => UsesOf(planned, resource))
            .SelectMany(use => new[]
            {
                (At: use.Span.StartSeconds, use.Quantity, use.By),
                (At: use.Span.EndSeconds, Quantity: -use.Quantity, use.By),
            })
            .GroupBy(change => change.At).OrderBy(group => group.Key);
        var (used, planned) = (0, 0);
        foreach (var instant in changes)
        {
            used += instant.Sum(change => change.Quantity);
            planned += instant.Where(change => !IsRunning(change.By)).Sum(change => change.Quantity);
            if (used <= resource.Capacity || planned == 0) continue;
            var detail = $"{used} of {resource.Capacity} {resource.Id} at {instant.Key}";
            Report(ViolationCode.Resource, instant.First().By, detail);
        }
    }

    IEnumerable<(Window Span, int Quantity, PlannedOperation By)> UsesOf(PlannedOperation planned,
        SecondaryResource resource)
    {
        var demands = Alternative(planned)?.Demands ?? [];
        if (demands.FirstOrDefault(demand => demand.ResourceId == resource.Id) is not { } demand) return [];
        var pauses = _known[planned.OperationId].Operation.Splittable || IsRunning(planned);
        var (start, end) = (Math.Max(0, planned.StartSeconds), planned.EndSeconds);
        var spans = pauses && !resource.HeldDuringPauses
            ? OpenTimeOf(planned.EquipmentId, IsRunning(planned) ? [] : demands).Within(start, end)
            : [new Window(start, end)];
        return spans.Where(span => span.StartSeconds < span.EndSeconds)
            .Select(span => (span, demand.Quantity, planned));
    }

    OpenTime OpenTimeOf(string equipmentId, IReadOnlyList<ResourceDemand> demands)
    {
        var key = string.Join('\n', demands.Select(demand => demand.ResourceId).Order().Prepend(equipmentId));
        if (_openTime.TryGetValue(key, out var known)) return known;
        var calendars = demands.Select(demand => _resources[demand.ResourceId].Calendar)
            .Prepend(_equipment[equipmentId].Calendar).ToArray();
        return _openTime[key] = new OpenTime(calendars, _down[equipmentId]);
    }

    Alternative? Alternative(PlannedOperation planned) => _known[planned.OperationId].Operation.Alternatives
        .FirstOrDefault(alternative => alternative.EquipmentId == planned.EquipmentId);

    bool IsRunning(PlannedOperation planned) => _known[planned.OperationId].Operation.Running is not null;

    static bool IsAt(PlannedOperation planned, Placement place) =>
        planned.EquipmentId == place.EquipmentId && planned.StartSeconds == place.StartSeconds;

    void Report(string code, PlannedOperation planned, string detail) =>
        _violations.Add(new Violation(code, planned.OperationId, detail));
}
