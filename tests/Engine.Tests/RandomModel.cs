using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Engine.Tests;

/// <summary>Which restrictions a random model has.</summary>
[Flags]
enum Mix
{
    Plain = 0,
    Alternatives = 1,
    Overlaps = 2,
    MaxLags = 4,
    Calendars = 8,
    Splitting = 16,
    Setups = 32,
    Resources = 64,
    Dates = 128,
    Running = 256,
    Locks = 512,
    Frozen = 1024,
    Breakdowns = 2048,
    Baseline = 4096,
    All = 8191,
    /// <summary>Maximum lags that may be impossible to keep.</summary>
    TightLags = 8192,
}

/// <summary>Small random models of a given mix, feasible by construction: locks and the frozen zone are taken from a
/// plan of the same model without them. Only tight lags without any of these may be impossible.</summary>
sealed class RandomModel
{
    readonly Random _random;
    readonly Mix _mix;
    readonly int _jobCount, _equipmentCount;

    RandomModel(int seed, Mix mix, int jobCount, int equipmentCount)
    {
        _random = new Random(seed);
        (_mix, _jobCount, _equipmentCount) = (mix, jobCount, equipmentCount);
    }

    public static SchedulingModel Create(int seed, Mix mix, int jobs = 12, int equipment = 4)
    {
        var random = new RandomModel(seed, mix, jobs, equipment);
        while (true)
        {
            try
            {
                return random.WithPins(random.Model());
            }
            catch (ModelRefusedException) when (random.Has(Mix.TightLags))
            {
                // nothing can be pinned where there is no plan: another one
            }
        }
    }

    bool Has(Mix part) => (_mix & part) != 0;

    int Next(int min, int max) => _random.Next(min, max + 1);

    bool Chance(double share) => _random.NextDouble() < share;

    SchedulingModel Model()
    {
        var jobs = Enumerable.Range(0, _jobCount).Select(Job).ToArray();
        return new SchedulingModel
        {
            Equipment = [.. Enumerable.Range(0, _equipmentCount).Select(Equipment)],
            Resources = Has(Mix.Resources) ? [Resource("R0", false), Resource("R1", true)] : [],
            Jobs = jobs,
            Precedences = [.. jobs.SelectMany(Arcs), .. Assembly(jobs)],
            Breakdowns = Has(Mix.Breakdowns) ? [new Breakdown("M0", Span(20, 60)), new Breakdown("M1", Span(0, 30))]
                : [],
            Objective = Objectives[Next(0, Objectives.Length - 1)],
        };
    }

    static Objective[] Objectives { get; } =
    [
        Objective.Makespan, Objective.WeightedTardiness,
        Objective.Weighted(new(Criterion.WeightedTardiness, 3), new(Criterion.SetupTime), new(Criterion.Instability)),
        Objective.Lexicographic(Criterion.Makespan, Criterion.WorkInProcess),
        Objective.Lexicographic(Criterion.Instability, Criterion.WeightedTardiness),
        Objective.Weighted(new(Criterion.WorkInProcess, 2), new(Criterion.WeightedTardiness), new(Criterion.Makespan)),
        Objective.Weighted(new(Criterion.SetupTime, 5), new(Criterion.WorkInProcess)),
    ];

    Equipment Equipment(int index) => new($"M{index}")
    {
        Calendar = Has(Mix.Calendars) ? Shifts() : Calendar.AlwaysOpen,
        Setup = Has(Mix.Setups) && index % 2 == 0 ? Matrix() : null,
        InitialFamily = Has(Mix.Setups) && index == 0 ? "F1" : null,
    };

    SecondaryResource Resource(string id, bool isHeld) => new(id, Next(1, 2))
    {
        Calendar = Has(Mix.Calendars) ? Shifts() : Calendar.AlwaysOpen,
        HeldDuringPauses = isHeld,
    };

    /// <summary>Open for 20 to 40 seconds, closed for up to 15, some 20,000 seconds long.</summary>
    Calendar Shifts()
    {
        var windows = new List<Window>();
        for (var at = Next(-10, 10); at < 20_000; at += Next(0, 15))
        {
            windows.Add(new Window(at, at + Next(20, 40)));
            at = windows[^1].EndSeconds;
        }
        return new Calendar(windows);
    }

    SetupMatrix Matrix() => new(["F0", "F1", "F2"],
        [.. Enumerable.Range(0, 3).Select(from => (IReadOnlyList<int>)[.. Enumerable.Range(0, 3)
            .Select(to => from == to ? 0 : Next(1, 12))])]);

    Window Span(int from, int to)
    {
        var start = Next(from, to);
        return new Window(start, start + Next(5, 25));
    }

    Job Job(int index)
    {
        var release = Has(Mix.Dates) ? Next(-20, 40) : 0;
        return new Job($"J{index}", [.. Enumerable.Range(0, Next(1, 4)).Select(o => Operation($"J{index}.{o}"))])
        {
            ReleaseSeconds = release,
            DueSeconds = Has(Mix.Dates) && Chance(0.8) ? release + Next(10, 120) : null,
            Weight = Has(Mix.Dates) ? Next(0, 4) : 1,
        };
    }

    Operation Operation(string id)
    {
        var count = Has(Mix.Alternatives) ? Next(1, 3) : 1;
        var equipment = Enumerable.Range(0, _equipmentCount).OrderBy(_ => _random.Next()).Take(count).ToArray();
        return new Operation(id, [.. equipment.Select(Alternative)])
        {
            SetupFamily = Has(Mix.Setups) ? $"F{Next(0, 2)}" : null,
            Splittable = Has(Mix.Splitting) && Chance(0.5),
            MaterialSeconds = Has(Mix.Dates) && Chance(0.3) ? Next(0, 80) : 0,
        };
    }

    Alternative Alternative(int equipment) => new($"M{equipment}", !Has(Mix.Setups) && Chance(0.05) ? 0 : Next(1, 12))
    {
        Demands = Has(Mix.Resources) && Chance(0.5) ? [new ResourceDemand($"R{Next(0, 1)}")] : [],
    };

    IEnumerable<Precedence> Arcs(Job job)
    {
        for (var i = 1; i < job.Operations.Count; i++)
            yield return Arc(job.Operations[i - 1].Id, job.Operations[i].Id);
    }

    Precedence Arc(string from, string to)
    {
        var kind = Has(Mix.Overlaps) ? (LagKind)Next(0, 2) : LagKind.EndStart;
        var min = Has(Mix.Overlaps) && Chance(0.5) ? Next(1, 10) : 0;
        return new Precedence(from, to, kind, min, MaxLag(min));
    }

    int? MaxLag(int min)
    {
        if (Has(Mix.TightLags) && Chance(0.3)) return min + Next(0, 6);
        return Has(Mix.MaxLags) && Chance(0.4) ? min + Next(15, 60) : null;
    }

    /// <summary>Some jobs start only after another has ended.</summary>
    IEnumerable<Precedence> Assembly(Job[] jobs) => Enumerable.Range(1, jobs.Length - 1).Where(_ => Chance(0.15))
        .Select(i => new Precedence(jobs[Next(0, i - 1)].Operations[^1].Id, jobs[i].Operations[0].Id));

    SchedulingModel WithPins(SchedulingModel model)
    {
        if (Has(Mix.Baseline)) model = WithBaseline(model);
        if (!Has(Mix.Running | Mix.Locks | Mix.Frozen)) return model;
        var plan = ListPlanner.Plan(model.Compile());
        if (Has(Mix.Running)) model = WithRunning(model, plan);
        if (Has(Mix.Locks | Mix.Frozen)) plan = ListPlanner.Plan(model.Compile());
        if (Has(Mix.Locks)) model = WithLocks(model, plan);
        if (Has(Mix.Frozen)) model = WithFrozenZone(model, plan);
        return model;
    }

    /// <summary>Some operations were anywhere before.</summary>
    SchedulingModel WithBaseline(SchedulingModel model) => model with
    {
        Baseline = model.Jobs.SelectMany(job => job.Operations).Where(_ => Chance(0.7)).ToDictionary(item => item.Id,
            item => new Placement(item.Alternatives[Next(0, item.Alternatives.Count - 1)].EquipmentId, Next(-5, 60))),
        Objective = model.Objective with { EquipmentChangeSeconds = Next(0, 20) },
    };

    /// <summary>What starts at the origin has begun a little earlier, and takes as long as it takes.</summary>
    SchedulingModel WithRunning(SchedulingModel model, Plan plan)
    {
        var started = plan.Operations.Where(item => item.StartSeconds == 0).ToDictionary(item => item.OperationId);
        return Change(model, operation => started.TryGetValue(operation.Id, out var item)
            ? operation with { Running = new Running(item.EquipmentId, -Next(0, 10), Next(0, 10)) }
            : operation);
    }

    SchedulingModel WithLocks(SchedulingModel model, Plan plan)
    {
        var place = plan.Operations.ToDictionary(item => item.OperationId);
        return Change(model, operation => operation.Running is null && Chance(0.12)
            ? operation with { Lock = new Placement(place[operation.Id].EquipmentId, place[operation.Id].StartSeconds) }
            : operation);
    }

    static SchedulingModel WithFrozenZone(SchedulingModel model, Plan plan) => model with
    {
        FrozenUntilSeconds = 15,
        Baseline = plan.Operations.ToDictionary(item => item.OperationId,
            item => new Placement(item.EquipmentId, item.StartSeconds)),
    };

    static SchedulingModel Change(SchedulingModel model, Func<Operation, Operation> change) => model with
    {
        Jobs = [.. model.Jobs.Select(job => job with { Operations = [.. job.Operations.Select(change)] })],
    };
}
