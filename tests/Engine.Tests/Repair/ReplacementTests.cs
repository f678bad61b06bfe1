using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Repair;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Repair;

/// <summary>A job goes to one side of the room that all others leave it.</summary>
public sealed class ReplacementTests(ITestOutputHelper output)
{
    [Fact]
    public void To_the_left_nothing_else_moves_and_nothing_ends_later()
    {
        var moved = Moved((scene, ids) => Replacement.Earliest(scene.Model.Compile(), scene.Plan, ids),
            (before, after) => after.EndSeconds <= before.EndSeconds && after.StartSeconds <= before.StartSeconds,
            (scene, ids) => Replacement.Latest(scene.Model.Compile(), scene.Plan, ids, EndsBy(scene)));
        moved.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void To_the_right_nothing_else_moves_and_nothing_starts_earlier_or_ends_too_late()
    {
        var moved = Moved((scene, ids) => Replacement.Latest(scene.Model.Compile(), scene.Plan, ids, EndsBy(scene)),
            (before, after) => after.StartSeconds >= before.StartSeconds);
        moved.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void It_takes_the_equipment_that_brings_it_furthest()
    {
        var model = new SchedulingModel
        {
            Equipment = [new Equipment("M1"), new Equipment("M2")],
            Jobs =
            [
                new Job("J", [new Operation("X", [new Alternative("M1", 10)])]),
                new Job("K", [new Operation("A", [new Alternative("M1", 5), new Alternative("M2", 8)])])
            ]
        };
        var before = new Dictionary<string, Placement> { ["X"] = new("M1", 0), ["A"] = new("M1", 10) };
        var plan = PlanRepair.Shift(model.Compile(), before).Plan;

        var early = Replacement.Earliest(model.Compile(), plan, new HashSet<string> { "A" });
        early.Placements["A"].ShouldBe(new Placement("M2", 0));
        Replacement.Latest(model.Compile(), early, new HashSet<string> { "A" }, 30).Placements["A"]
            .ShouldBe(new Placement("M1", 25));
        Replacement.Earliest(model.Compile(), plan, new HashSet<string> { "A" }, notBeforeSeconds: 4).Placements["A"]
            .ShouldBe(new Placement("M2", 4));
    }

    static int EndsBy(Scene scene) => scene.Plan.Operations.Max(row => row.EndSeconds) + 40;

    int Moved(Func<Scene, IReadOnlySet<string>, Plan> move, Func<PlannedOperation, PlannedOperation, bool> isRight,
        Func<Scene, IReadOnlySet<string>, Plan>? from = null)
    {
        var (scenes, moved) = (0, 0);
        for (var seed = 0; seed < 80; seed++)
        {
            if (Scene.Create(seed, Mix.All & ~Mix.Frozen) is not { } scene) continue;
            var job = scene.Model.Jobs[seed % scene.Model.Jobs.Count];
            var ids = job.Operations.Select(operation => operation.Id).ToHashSet();
            if (from is not null) scene = scene with { Plan = from(scene, ids) };

            var after = move(scene, ids);

            PlanVerifier.Verify(scene.Model, after.Operations).ShouldBeEmpty($"seed {seed}");
            foreach (var (was, now) in scene.Plan.Operations.Zip(after.Operations))
            {
                var place = (now.EquipmentId, now.StartSeconds, now.EndSeconds);
                if (ids.Contains(was.OperationId)) isRight(was, now).ShouldBeTrue($"seed {seed}: {was} to {now}");
                else place.ShouldBe((was.EquipmentId, was.StartSeconds, was.EndSeconds), $"seed {seed}");
            }
            scenes++;
            if (after != scene.Plan) moved++;
        }
        output.WriteLine($"{moved} of {scenes} moved");
        return moved;
    }
}
