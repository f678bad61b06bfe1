using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>Checks the shape of a model: ids, references, ranges. What can be told only from the whole, the compiler
/// and <see cref="FeasibilityCheck"/> do.</summary>
sealed class ModelCheck
{
    readonly SchedulingModel _model;
    readonly RefusalList _refusals;
    readonly Dictionary<string, Model.Equipment> _equipment;
    readonly Dictionary<string, SecondaryResource> _resources;
    readonly HashSet<string> _operations;
    readonly Dictionary<SetupMatrix, HashSet<string>> _families = [];

    ModelCheck(SchedulingModel model, RefusalList refusals)
    {
        (_model, _refusals) = (model, refusals);
        _equipment = Index("equipment", model.Equipment, equipment => equipment.Id);
        _resources = Index("resource", model.Resources, resource => resource.Id);
        Index("job", model.Jobs, job => job.Id);
        _operations = [.. Index("operation", model.Jobs.SelectMany(job => job.Operations), item => item.Id).Keys];
    }

    /// <summary>Adds what is malformed.</summary>
    public static void Run(SchedulingModel model, RefusalList refusals)
    {
        var check = new ModelCheck(model, refusals);
        foreach (var equipment in model.Equipment) check.Check(equipment);
        foreach (var resource in model.Resources) check.Check(resource);
        foreach (var job in model.Jobs) check.Check(job);
        foreach (var precedence in model.Precedences) check.Check(precedence);
        foreach (var breakdown in model.Breakdowns) check.Check(breakdown);
        foreach (var (operation, placement) in model.Baseline) check.CheckBaseline(operation, placement);
        check.CheckMagnitude();
        check.Range("frozenUntilSeconds", model.FrozenUntilSeconds, 0, ModelTime.MaxSeconds, "model", "");
    }

    Dictionary<string, T> Index<T>(string kind, IEnumerable<T> items, Func<T, string> id)
    {
        var index = new Dictionary<string, T>();
        foreach (var item in items)
        {
            if (!index.TryAdd(id(item), item))
                _refusals.Add(RefusalCode.DuplicateId, "Give each its own id.", ("kind", kind), ("id", id(item)));
        }
        return index;
    }

    void Check(Model.Equipment equipment)
    {
        Check(equipment.Calendar, "equipment", equipment.Id);
        if (equipment.Setup is not { } setup)
        {
            if (equipment.InitialFamily is not null)
                Unknown("setup family", equipment.InitialFamily, "equipment", equipment.Id);
            return;
        }
        if (!_families.ContainsKey(setup)) Check(setup, equipment.Id);
        if (equipment.InitialFamily is { } family && !_families[setup].Contains(family))
            Unknown("setup family", family, "equipment", equipment.Id);
    }

    void Check(SetupMatrix setup, string equipmentId)
    {
        _families[setup] = [.. setup.Families];
        var size = setup.Families.Count;
        if (_families[setup].Count != size || setup.Seconds.Count != size
            || setup.Seconds.Any(row => row.Count != size))
        {
            _refusals.Add(RefusalCode.MalformedSetup, "Give one row and one column per family, each family once.",
                ("equipment", equipmentId), ("families", size), ("rows", setup.Seconds.Count));
        }
        foreach (var seconds in setup.Seconds.SelectMany(row => row))
            Range("setup seconds", seconds, 0, ModelTime.MaxSeconds, "equipment", equipmentId);
    }

    void Check(SecondaryResource resource)
    {
        Check(resource.Calendar, "resource", resource.Id);
        Range("capacity", resource.Capacity, 1, ModelTime.MaxSeconds, "resource", resource.Id);
    }

    void Check(Calendar calendar, string kind, string id)
    {
        var previousEnd = -ModelTime.MaxSeconds;
        foreach (var window in calendar.OpenWindows)
        {
            if (window.StartSeconds < previousEnd || window.EndSeconds <= window.StartSeconds
                || window.EndSeconds > ModelTime.MaxSeconds)
            {
                _refusals.Add(RefusalCode.MalformedCalendar,
                    $"Windows ascend without overlap, are not empty and end by {ModelTime.MaxSeconds}.", (kind, id),
                    ("start", window.StartSeconds), ("end", window.EndSeconds));
                return;
            }
            previousEnd = window.EndSeconds;
        }
    }

    void Check(Job job)
    {
        if (job.Operations.Count == 0)
            _refusals.Add(RefusalCode.EmptyJob, "Leave out jobs that have nothing left to do.", ("job", job.Id));
        Range("release", job.ReleaseSeconds, -ModelTime.MaxSeconds, ModelTime.MaxSeconds, "job", job.Id);
        Range("due", job.DueSeconds ?? 0, -ModelTime.MaxSeconds, ModelTime.MaxSeconds, "job", job.Id);
        Range("weight", job.Weight, 0, 1_000_000, "job", job.Id);
        foreach (var operation in job.Operations) Check(operation);
    }

    void Check(Operation operation)
    {
        Range("material", operation.MaterialSeconds, -ModelTime.MaxSeconds, ModelTime.MaxSeconds, "operation",
            operation.Id);
        if (operation.Alternatives.Count == 0 && operation.Running is null)
        {
            _refusals.Add(RefusalCode.NoAlternative, "Name at least one equipment that can do it.",
                ("operation", operation.Id));
        }
        var seen = new HashSet<string>();
        foreach (var alternative in operation.Alternatives)
        {
            if (!seen.Add(alternative.EquipmentId))
            {
                _refusals.Add(RefusalCode.DuplicateId, "Name each equipment once per operation.",
                    ("kind", "alternative"), ("id", alternative.EquipmentId), ("operation", operation.Id));
            }
            Check(operation, alternative);
        }
        CheckFixed(operation);
    }

    void Check(Operation operation, Alternative alternative)
    {
        var hasSetup = _equipment.GetValueOrDefault(alternative.EquipmentId)?.Setup is not null;
        Range("duration", alternative.DurationSeconds, hasSetup ? 1 : 0, ModelTime.MaxSeconds, "operation",
            operation.Id);
        CheckFamily(operation, alternative.EquipmentId);
        var seen = new HashSet<string>();
        foreach (var demand in alternative.Demands)
        {
            if (!seen.Add(demand.ResourceId))
            {
                _refusals.Add(RefusalCode.DuplicateId, "Name each resource once per alternative.",
                    ("kind", "demand"), ("id", demand.ResourceId), ("operation", operation.Id));
            }
            Check(operation, alternative, demand);
        }
    }

    void CheckFamily(Operation operation, string equipmentId)
    {
        if (!_equipment.TryGetValue(equipmentId, out var equipment))
            Unknown("equipment", equipmentId, "operation", operation.Id);
        else if (equipment.Setup is not null && operation.SetupFamily is null)
        {
            _refusals.Add(RefusalCode.MissingFamily, "Name the setup family, or take the matrix from the equipment.",
                ("operation", operation.Id), ("equipment", equipmentId));
        }
        else if (equipment.Setup is { } setup && !_families[setup].Contains(operation.SetupFamily!))
            Unknown("setup family", operation.SetupFamily!, "equipment", equipmentId);
    }

    void Check(Operation operation, Alternative alternative, ResourceDemand demand)
    {
        if (!_resources.TryGetValue(demand.ResourceId, out var resource))
        {
            Unknown("resource", demand.ResourceId, "operation", operation.Id);
            return;
        }
        Range("quantity", demand.Quantity, 1, ModelTime.MaxSeconds, "operation", operation.Id);
        if (demand.Quantity > resource.Capacity)
        {
            _refusals.Add(RefusalCode.DemandExceedsCapacity,
                "Lower the quantity, raise the capacity, or drop the alternative.",
                ("operation", operation.Id), ("equipment", alternative.EquipmentId), ("resource", resource.Id),
                ("quantity", demand.Quantity), ("capacity", resource.Capacity));
        }
    }

    void CheckFixed(Operation operation)
    {
        if (operation.Running is { } running)
        {
            if (!_equipment.ContainsKey(running.EquipmentId))
                Unknown("equipment", running.EquipmentId, "operation", operation.Id);
            Range("running since", running.StartSeconds, -ModelTime.MaxSeconds, 0, "operation", operation.Id);
            Range("remaining", running.RemainingSeconds, 0, ModelTime.MaxSeconds, "operation", operation.Id);
        }
        if (operation.Lock is not { } pin) return;
        Range("lock", pin.StartSeconds, 0, ModelTime.MaxSeconds, "operation", operation.Id);
        if (operation.Running is not null || operation.Alternatives.All(item => item.EquipmentId != pin.EquipmentId))
        {
            _refusals.Add(RefusalCode.LockNotPossible,
                "Lock to one of the operation's alternatives, and only what has not begun.",
                ("operation", operation.Id), ("equipment", pin.EquipmentId),
                    ("running", operation.Running is not null));
        }
    }

    void Check(Precedence precedence)
    {
        foreach (var id in (string[])[precedence.From, precedence.To])
            if (!_operations.Contains(id)) Unknown("operation", id, "precedence",
                $"{precedence.From} → {precedence.To}");
        Range("min lag", precedence.MinLagSeconds, 0, ModelTime.MaxSeconds - 1, "operation", precedence.To);
        if (precedence.MaxLagSeconds is not { } max) return;
        Range("max lag", max, 0, ModelTime.MaxSeconds - 1, "operation", precedence.To);
        if (max < precedence.MinLagSeconds)
        {
            _refusals.Add(RefusalCode.LagRange, "The longest wait cannot be shorter than the shortest.",
                ("from", precedence.From), ("to", precedence.To),
                ("minLag", precedence.MinLagSeconds), ("maxLag", max));
        }
    }

    void Check(Breakdown breakdown)
    {
        if (!_equipment.ContainsKey(breakdown.EquipmentId))
            Unknown("equipment", breakdown.EquipmentId, "breakdown", breakdown.Down.ToString());
        Check(new Calendar([breakdown.Down]), "breakdown", breakdown.EquipmentId);
    }

    /// <summary>No plan's value may leave the range of 64 bits.</summary>
    void CheckMagnitude()
    {
        Int128 operations = _operations.Count, weight = 1;
        foreach (var job in _model.Jobs) weight += Math.Clamp(job.Weight, 0, 1_000_000);
        foreach (var term in _model.Objective.Levels.SelectMany(level => level))
        {
            var most = term.Criterion == Criterion.WeightedTardiness ? weight : operations + 1;
            if (most * term.Weight * 2 * ModelTime.MaxSeconds < long.MaxValue / Enum.GetValues<Criterion>().Length)
                continue;
            _refusals.Add(RefusalCode.OutOfRange, "Scale the weights down: their sum times the time base is too large.",
                ("criterion", term.Criterion), ("weight", term.Weight));
        }
        Range("equipmentChangeSeconds", _model.Objective.EquipmentChangeSeconds, 0, ModelTime.MaxSeconds, "model", "");
    }

    void CheckBaseline(string operation, Placement placement) => Range("baseline start", placement.StartSeconds,
        -ModelTime.MaxSeconds, ModelTime.MaxSeconds, "operation", operation);

    void Range(string what, int value, int min, int max, string kind, string id)
    {
        if (value >= min && value <= max) return;
        _refusals.Add(RefusalCode.OutOfRange, $"A value between {min} and {max}.", (kind, id), ("what", what),
            ("value", value));
    }

    void Unknown(string what, string id, string kind, string where) => _refusals.Add(RefusalCode.ReferenceNotFound,
        $"The model has no such {what}.", (kind, where), ("what", what), ("id", id));
}
