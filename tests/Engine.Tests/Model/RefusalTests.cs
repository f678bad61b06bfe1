using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Model;

/// <summary>Malformed and infeasible models: each is refused with its code, the offending values and a hint.</summary>
public sealed class RefusalTests
{
    static readonly SchedulingModel Good = new()
    {
        Equipment = [new Equipment("M1"), new Equipment("M2")],
        Jobs = [new Job("J1", [Op("A", "M1", 10), Op("B", "M2", 10)]), new Job("J2", [Op("C", "M1", 10)])],
        Precedences = [new Precedence("A", "B")],
    };

    static readonly SetupMatrix Setup = new(["F", "G"], [[0, 5], [5, 0]]);

    /// <summary>Case, code, the values it must name, and the model.</summary>
    static readonly (string Case, string Code, string[] Values, SchedulingModel Model)[] Cases =
    [
        ("equipment twice", RefusalCode.DuplicateId, ["equipment", "M1"],
            Good with { Equipment = [.. Good.Equipment, new Equipment("M1")] }),
        ("operation twice", RefusalCode.DuplicateId, ["operation", "A"],
            Good with { Jobs = [.. Good.Jobs, new Job("J3", [Op("A", "M1", 1)])] }),
        ("job twice", RefusalCode.DuplicateId, ["job", "J1"],
            Good with { Jobs = [.. Good.Jobs, new Job("J1", [Op("D", "M1", 1)])] }),
        ("equipment twice in an operation", RefusalCode.DuplicateId, ["alternative", "M1", "D"],
            With(new Operation("D", [new Alternative("M1", 1), new Alternative("M1", 2)]))),
        ("unknown equipment", RefusalCode.ReferenceNotFound, ["D", "M9"], With(Op("D", "M9", 1))),
        ("unknown resource", RefusalCode.ReferenceNotFound, ["D", "R9"], With(new Operation("D",
            [new Alternative("M1", 1) { Demands = [new ResourceDemand("R9")] }]))),
        ("unknown operation", RefusalCode.ReferenceNotFound, ["X"],
            Good with { Precedences = [new Precedence("A", "X")] }),
        ("unknown family", RefusalCode.ReferenceNotFound, ["Z", "M1"], WithSetup(Good, "Z")),
        ("unknown initial family", RefusalCode.ReferenceNotFound, ["Z", "M1"],
            WithSetup(Good, "F") with
            {
                Equipment = [new Equipment("M1") { Setup = Setup, InitialFamily = "Z" }, new Equipment("M2")],
            }),
        ("breakdown of unknown equipment", RefusalCode.ReferenceNotFound, ["M9"],
            Good with { Breakdowns = [new Breakdown("M9", new Window(0, 5))] }),
        ("no family", RefusalCode.MissingFamily, ["A", "M1"], WithSetup(Good, null)),
        ("negative duration", RefusalCode.OutOfRange, ["D", "-1"], With(Op("D", "M1", -1))),
        ("no duration beside a setup", RefusalCode.OutOfRange, ["D", "0"],
            WithSetup(With(Op("D", "M1", 0)), "F")),
        ("negative weight", RefusalCode.OutOfRange, ["J3", "-2"],
            Good with { Jobs = [.. Good.Jobs, new Job("J3", [Op("D", "M1", 1)]) { Weight = -2 }] }),
        ("negative lag", RefusalCode.OutOfRange, ["B", "-5"],
            Good with { Precedences = [new Precedence("A", "B", MinLagSeconds: -5)] }),
        ("resource without capacity", RefusalCode.OutOfRange, ["R1", "0"],
            Good with { Resources = [new SecondaryResource("R1", 0)] }),
        ("running in the future", RefusalCode.OutOfRange, ["D", "5"],
            With(Op("D", "M1", 1) with { Running = new Running("M1", 5, 1) })),
        ("windows overlap", RefusalCode.MalformedCalendar, ["M1", "5"], Open(new Window(0, 10), new Window(5, 20))),
        ("empty window", RefusalCode.MalformedCalendar, ["M1", "7"], Open(new Window(7, 7))),
        ("matrix not square", RefusalCode.MalformedSetup, ["M1"], WithSetup(Good, "F") with
        {
            Equipment = [new Equipment("M1") { Setup = new SetupMatrix(["F", "G"], [[0, 1]]) }, new Equipment("M2")],
        }),
        ("empty job", RefusalCode.EmptyJob, ["J3"], Good with { Jobs = [.. Good.Jobs, new Job("J3", [])] }),
        ("no alternative", RefusalCode.NoAlternative, ["D"], With(new Operation("D", []))),
        ("demand above capacity", RefusalCode.DemandExceedsCapacity, ["D", "R1", "3", "2"], With(new Operation("D",
            [new Alternative("M1", 1) { Demands = [new ResourceDemand("R1", 3)] }])) with
            {
                Resources = [new SecondaryResource("R1", 2)],
            }),
        ("cycle", RefusalCode.PrecedenceCycle, ["A", "B", "C"], Good with
        {
            Precedences = [new Precedence("A", "B"), new Precedence("B", "C"), new Precedence("C", "A")],
        }),
        ("maximum below minimum", RefusalCode.LagRange, ["A", "B", "9", "3"],
            Good with { Precedences = [new Precedence("A", "B", MinLagSeconds: 9, MaxLagSeconds: 3)] }),
        ("wait shorter than what lies between", RefusalCode.LagUnreachable, ["A", "C", "5", "10"], Good with
        {
            Precedences = [new Precedence("A", "B"), new Precedence("B", "C"),
                new Precedence("A", "C", MaxLagSeconds: 5)],
        }),
        ("longer than every window", RefusalCode.LongerThanEveryWindow, ["A", "10", "8"],
            Open(new Window(0, 8), new Window(9, 16))),
        ("calendar over before release", RefusalCode.NoCalendarTime, ["D", "M2"],
            Good with
            {
                Equipment = [new Equipment("M1"),
                    new Equipment("M2") { Calendar = new Calendar([new Window(0, 1000)]) }],
                Jobs = [.. Good.Jobs, new Job("J3", [Op("D", "M2", 5)]) { ReleaseSeconds = 999 }],
            }),
        ("calendar over before the predecessors", RefusalCode.NoCalendarTime, ["B"], Good with
        {
            Equipment = [new Equipment("M1"), new Equipment("M2") { Calendar = new Calendar([new Window(0, 15)]) }],
        }),
        ("more work than time", RefusalCode.EquipmentOverloaded, ["M1", "20", "15"], Open(new Window(0, 15))),
        ("lock elsewhere", RefusalCode.LockNotPossible, ["D", "M2"], With(Locked("D", "M1", 5, "M2", 0))),
        ("lock on running work", RefusalCode.LockNotPossible, ["D", "M1"],
            With(Locked("D", "M1", 5, "M1", 0) with { Running = new Running("M1", -1, 4) })),
        ("lock in closed time", RefusalCode.LockClosed, ["D", "40"], With(Locked("D", "M1", 5, "M1", 40)) with
        {
            Breakdowns = [new Breakdown("M1", new Window(42, 50))],
        }),
        ("lock before release", RefusalCode.LockTooEarly, ["D", "5", "20"],
            With(Locked("D", "M1", 5, "M1", 5) with { MaterialSeconds = 20 })),
        ("lock before the predecessor can end", RefusalCode.LockTooEarly, ["B", "9", "10"],
            Good with { Jobs = [new Job("J1", [Op("A", "M1", 10), Locked("B", "M2", 10, "M2", 9)])] }),
        ("locks overlap", RefusalCode.LockOverlap, ["M1", "E", "D"],
            With(Locked("D", "M1", 5, "M1", 40), Locked("E", "M1", 5, "M1", 44))),
        ("no time for the setup between locks", RefusalCode.LockOverlap, ["M1", "E", "D", "5"], WithSetup(With(
            Locked("D", "M1", 5, "M1", 40), Locked("E", "M1", 5, "M1", 45) with { SetupFamily = "G" }), "F")),
        ("lock on equipment that is running", RefusalCode.LockOverlap, ["M1", "D", "R"],
            With(Op("R", "M1", 9) with { Running = new Running("M1", -3, 9) }, Locked("D", "M1", 5, "M1", 5))),
        ("locks against precedence", RefusalCode.LockPrecedence, ["A", "B", "60"], Good with
        {
            Jobs = [new Job("J1", [Locked("A", "M1", 10, "M1", 50), Locked("B", "M2", 10, "M2", 55)])],
        }),
        ("locks that wait too long", RefusalCode.LockPrecedence, ["A", "B"], Good with
        {
            Jobs = [new Job("J1", [Locked("A", "M1", 10, "M1", 0), Locked("B", "M2", 10, "M2", 50)])],
            Precedences = [new Precedence("A", "B", MaxLagSeconds: 20)],
        }),
        ("locks share a resource", RefusalCode.LockResource, ["E"], With(
            Locked("D", "M1", 5, "M1", 40) with { Alternatives = [Using("M1", 5)] },
            Locked("E", "M2", 5, "M2", 42) with { Alternatives = [Using("M2", 5)] }) with
            {
                Resources = [new SecondaryResource("R1", 1)],
            }),
        ("lock that other work cannot meet", RefusalCode.NoPlanFound, ["A"], Good with
        {
            Jobs =
            [
                new Job("J1", [Op("A", "M1", 10), Locked("B", "M2", 10, "M2", 12)]),
                new Job("J2", [Locked("C", "M1", 10, "M1", 3)]),
            ],
        }),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(item => item.Case)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bad_model_is_refused_with_code_values_and_hint(string name)
    {
        var (_, code, values, model) = Cases.Single(item => item.Case == name);
        var refusals = Should.Throw<ModelRefusedException>(() => ListPlanner.Plan(model.Compile())).Refusals;
        refusals.Select(refusal => refusal.Code).Distinct().ShouldBe([code]);
        var text = string.Join("; ", refusals);
        foreach (var value in values) text.ShouldContain(value);
        refusals.ShouldAllBe(refusal => refusal.Hint.Length > 10);
    }

    [Fact]
    public void A_good_model_is_not_refused() => Good.Check().ShouldBeEmpty();

    [Fact]
    public void A_cycle_is_named_by_its_shortest_members()
    {
        var jobs = new Job("J", [.. Enumerable.Range(0, 50).Select(i => Op($"O{i}", "M1", 1))]);
        var model = Good with
        {
            Jobs = [jobs],
            Precedences = [.. Precedence.Chain(jobs.Operations), new Precedence("O49", "O0"),
                new Precedence("O21", "O20")],
        };
        var refusal = model.Check().ShouldHaveSingleItem();
        ((string[])refusal.Values["operations"]).ShouldBe(["O20", "O21"]);
    }

    [Fact]
    public void Equipment_that_is_down_for_good_does_not_matter_while_there_is_another()
    {
        var model = With(new Operation("D", [new Alternative("M1", 5), new Alternative("M2", 50)])) with
        {
            Breakdowns = [new Breakdown("M1", new Window(20, ModelTime.MaxSeconds))],
        };
        var plan = ListPlanner.Plan((model with { Jobs = [model.Jobs[^1]], Precedences = [] }).Compile());
        plan.Operations.ShouldHaveSingleItem().EquipmentId.ShouldBe("M1", "it fits before the breakdown");
    }

    [Fact]
    public void A_refusal_reads_as_a_sentence() => Good.Check().Concat((Good with
    {
        Precedences = [new Precedence("A", "B", MinLagSeconds: 9, MaxLagSeconds: 3)],
    }).Check()).Single().ToString().ShouldBe("max-lag-below-min-lag (from: A, to: B, minLag: 9, maxLag: 3). "
        + "The longest wait cannot be shorter than the shortest.");

    static Operation Op(string id, string equipment, int seconds) => new(id, [new Alternative(equipment, seconds)]);

    static Operation Locked(string id, string equipment, int seconds, string at, int start) =>
        Op(id, equipment, seconds) with { Lock = new Placement(at, start) };

    static Alternative Using(string equipment, int seconds) =>
        new(equipment, seconds) { Demands = [new ResourceDemand("R1")] };

    static SchedulingModel With(params Operation[] operations) =>
        Good with { Jobs = [.. Good.Jobs, new Job("J3", operations)] };

    static SchedulingModel Open(params Window[] windows) =>
        Good with { Equipment = [new Equipment("M1") { Calendar = new Calendar(windows) }, new Equipment("M2")] };

    /// <summary>M1 with a setup matrix; every operation without a family gets this one.</summary>
    static SchedulingModel WithSetup(SchedulingModel model, string? family) => model with
    {
        Equipment = [new Equipment("M1") { Setup = Setup }, new Equipment("M2")],
        Jobs = [.. model.Jobs.Select(job => job with
        {
            Operations = [.. job.Operations.Select(item => item with { SetupFamily = item.SetupFamily ?? family })],
        })],
    };
}
