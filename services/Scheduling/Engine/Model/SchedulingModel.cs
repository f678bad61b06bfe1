namespace Mes.Scheduling.Engine.Model;

/// <summary>
/// The whole problem: what is to be made, on what, under which restrictions and to which end. Immutable; ids are
/// case-sensitive. It is checked when it is compiled into the flat form that the solvers read.
/// </summary>
public sealed record SchedulingModel
{
    /// <summary>Machines and work units.</summary>
    public required IReadOnlyList<Equipment> Equipment { get; init; }

    /// <summary>Operators by skill, tools, moulds.</summary>
    public IReadOnlyList<SecondaryResource> Resources { get; init; } = [];

    /// <summary>What is to be done. Work that has ended is left out: it lives on in release and material
    /// dates.</summary>
    public required IReadOnlyList<Job> Jobs { get; init; }

    /// <summary>The precedence graph over all operations, also between jobs (assembly).</summary>
    public IReadOnlyList<Precedence> Precedences { get; init; } = [];

    /// <summary>Interruptions known now.</summary>
    public IReadOnlyList<Breakdown> Breakdowns { get; init; } = [];

    /// <summary>An earlier plan, by operation id: what stability and the frozen zone refer to. Operations that the
    /// model does not have are ignored.</summary>
    public IReadOnlyDictionary<string, Placement> Baseline { get; init; } = new Dictionary<string, Placement>();

    /// <summary>End of the frozen zone. Operations that the baseline starts between the origin and this instant
    /// keep their place; of the others none starts before it, except where the baseline has it in the past.</summary>
    public int FrozenUntilSeconds { get; init; }

    /// <summary>What a good plan is.</summary>
    public Objective Objective { get; init; } = Objective.Makespan;

    /// <summary>The model with an earlier plan as its baseline and, if the objective does not look at stability, with
    /// that as the last level.</summary>
    public SchedulingModel WithBaseline(IReadOnlyDictionary<string, Placement> baseline) => this with
    {
        Baseline = baseline,
        Objective = Objective.Uses(Criterion.Instability) ? Objective : Objective.ThenBy(Criterion.Instability),
    };
}
