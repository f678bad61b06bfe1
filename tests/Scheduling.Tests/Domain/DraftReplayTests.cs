using Mes.Scheduling.Domain;
using static Mes.Scheduling.Tests.Domain.Steps;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>The steps of a draft are taken again on what others have made of the plan.</summary>
public sealed class DraftReplayTests
{
    static DateTimeOffset Monday => Given.Monday;

    readonly DemandOrder _a = Given.Order("a");
    readonly DemandOrder _b = Given.Order("b");
    readonly PlanningFacts _live;

    public DraftReplayTests() => _live = Given.Planned(_a, _b);

    static PlanStep Move(DemandOperation operation, string equipment, int minute) =>
        Steps.Move(true, (operation, equipment, minute));

    Replayed Replay(PlanningFacts live, params PlanStep[] steps) => DraftReplay.Replay(live, steps, Monday);

    [Fact]
    public void Own_steps_stay_beside_the_change_of_another()
    {
        var own = Replay(_live, Move(_a.Operations[1], "m3", 120), Step(PlanStepKind.Unplan, _b.Operations[1]));
        own.Lost.ShouldBeEmpty();
        var others = Move(_b.Operations[0], "m1", 240).Take(_live, Monday).Facts;

        var rebased = Replay(others, [.. own.Steps.Select(step => step.Step)]);

        rebased.Lost.ShouldBeEmpty();
        Row(rebased.Facts, _a.Operations[1]).StartsAt.ShouldBe(Monday.AddMinutes(120));
        Row(rebased.Facts, _b.Operations[0]).StartsAt.ShouldBe(Monday.AddMinutes(240));
        rebased.Facts.Plan.ShouldNotContain(row => row.OperationId == _b.Operations[1].OperationId);
    }

    [Fact]
    public void A_step_that_is_not_possible_any_more_is_lost_with_its_reason_and_the_others_are_numbered_anew()
    {
        var begun = Told(_live, _a.Operations[0], o => o with { Running = new RunningWork("m1", Monday) });
        var rebased = Replay(begun, Move(_a.Operations[0], "m1", 60), Move(_b.Operations[1], "m3", 120));
        var lost = rebased.Lost.ShouldHaveSingleItem();
        (lost.Code, lost.Step.Operations![0].OperationId).ShouldBe(("operation-running", _a.Operations[0].OperationId));
        lost.Values["equipment"].ShouldBe("m1");
        rebased.Steps.ShouldHaveSingleItem().Revision.ShouldBe(1);

        var none = Replay(begun, Move(_a.Operations[0], "m1", 60));
        (none.Plan, none.Facts).ShouldBe((null, begun));
    }

    [Fact]
    public void Own_pins_do_not_hinder_own_steps_and_those_of_the_plant_do()
    {
        var twice = Replay(_live, Move(_a.Operations[1], "m3", 120), Move(_a.Operations[1], "m2", 180),
            Step(PlanStepKind.Unlock, _a.Operations[1]));
        twice.Lost.ShouldBeEmpty();
        (twice.Steps[0].Effect.Locked.Count, twice.Steps[2].Effect.Unlocked.Count).ShouldBe((1, 1));

        var pinned = Told(_live, _a.Operations[1], o =>
            o with { Lock = new OperationLock(Row(_live, o).Equipment, Row(_live, o).StartsAt) });
        Replay(pinned, Move(_a.Operations[1], "m2", 180), Step(PlanStepKind.Unlock, _a.Operations[1]),
            Step(PlanStepKind.Unplan, _a.Operations[0])).Lost.Select(lost => lost.Code)
            .ShouldBe(["operation-locked", "locked-in-force", "operation-locked"]);
    }

    [Fact]
    public void The_effects_of_steps_on_the_facts_are_those_of_taking_them()
    {
        var steps = new[]
        {
            Move(_a.Operations[1], "m3", 120), Move(_a.Operations[0], "m1", 60), Step(PlanStepKind.Unlock, _a.Operations[0]),
            Step(PlanStepKind.Unplan, _b.Operations[1]), Step(PlanStepKind.Unplan, _b.Operations[0]),
            Step(PlanStepKind.PlanAgain, _b.Operations[1])
        };
        var replayed = Replay(_live, steps);
        replayed.Lost.ShouldBeEmpty();
        var after = DraftReplay.After(_live, replayed.Steps).Demand.SelectMany(order => order.Operations).ToList();
        after.Select(o => (o.OperationId, o.Lock, o.IsTakenOut)).ShouldBe(
            replayed.Facts.Demand.SelectMany(order => order.Operations).Select(o => (o.OperationId, o.Lock, o.IsTakenOut)));
        after.Count(o => o.Lock is not null).ShouldBe(1);
        after.Count(o => o.IsTakenOut).ShouldBe(1);
    }

    [Fact]
    public void What_another_pinned_meanwhile_stays_pinned_there()
    {
        var own = Replay(_live, Move(_a.Operations[1], "m3", 120));
        var pin = new OperationLock("m2", Monday.AddMinutes(90));
        var pinned = Told(_live, _a.Operations[1], o => o with { Lock = pin });
        DraftReplay.After(pinned, own.Steps).Operation(_a.Operations[1].OperationId)!.Lock.ShouldBe(pin);
    }
}
