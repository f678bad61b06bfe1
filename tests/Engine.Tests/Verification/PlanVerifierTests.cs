using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Verification;

/// <summary>The verifier must find every kind of damage: each is done to good plans of random models, and must be
/// reported under its code.</summary>
public sealed class PlanVerifierTests
{
    const int SeedsMax = 400;
    const int DamagesWanted = 25;

    [Fact]
    public void A_missing_operation_is_found() => EachDamage(ViolationCode.Missing, Mix.Plain,
        (_, planned) => [], (_, _) => true);

    [Fact]
    public void A_doubled_operation_is_found() => EachDamage(ViolationCode.Duplicate, Mix.Plain,
        (_, planned) => [planned, planned], (_, _) => true);

    [Fact]
    public void A_strange_operation_is_found() => EachDamage(ViolationCode.Unknown, Mix.Plain,
        (_, planned) => [planned, planned with { OperationId = "X" }], (_, _) => true);

    [Fact]
    public void An_operation_under_another_job_is_found() => EachDamage(ViolationCode.Unknown, Mix.Plain,
        (_, planned) => [planned with { JobId = planned.JobId == "J0" ? "J1" : "J0" }], (_, _) => true);

    [Fact]
    public void Equipment_that_is_no_alternative_is_found() => EachDamage(ViolationCode.Equipment, Mix.Alternatives,
        (scene, planned) => [planned with { EquipmentId = scene.OtherEquipment(planned) }],
        (scene, planned) => scene.OtherEquipment(planned) != "");

    [Fact]
    public void A_wrong_length_is_found() => EachDamage(ViolationCode.Calendar, Mix.Calendars | Mix.Splitting,
        (_, planned) => [planned with { EndSeconds = planned.EndSeconds + 1 }], (_, _) => true);

    [Fact]
    public void Work_in_closed_time_is_found() => EachDamage(ViolationCode.Calendar, Mix.Calendars,
        (scene, planned) => [planned.At(scene.ClosedAt(planned)!.Value)],
        (scene, planned) => planned.EndSeconds > planned.StartSeconds && scene.ClosedAt(planned) is not null);

    [Fact]
    public void Work_during_a_breakdown_is_found() => EachDamage(ViolationCode.Calendar, Mix.Breakdowns,
        (scene, planned) => [planned.At(scene.Model.Breakdowns.First(Concerns(planned)).Down.StartSeconds)],
        (scene, planned) => planned.EndSeconds > planned.StartSeconds && scene.Model.Breakdowns.Any(Concerns(planned)));

    [Fact]
    public void An_overlap_on_an_equipment_is_found() => EachDamage(ViolationCode.Overlap, Mix.Plain,
        (scene, planned) => [planned.At(scene.Before(planned)!.EndSeconds - 1)],
        (scene, planned) => scene.Before(planned) is { } before && before.EndSeconds > before.StartSeconds);

    [Fact]
    public void A_setup_that_is_left_out_is_found() => EachDamage(ViolationCode.Setup, Mix.Setups,
        (_, planned) => [planned with { SetupStartSeconds = planned.StartSeconds }],
        (_, planned) => planned.SetupStartSeconds < planned.StartSeconds);

    [Fact]
    public void A_setup_in_closed_time_is_found() => EachDamage(ViolationCode.Setup, Mix.Setups | Mix.Calendars,
        (_, planned) => [planned with { SetupStartSeconds = planned.SetupStartSeconds + 1 }],
        (_, planned) => planned.SetupStartSeconds < planned.StartSeconds);

    [Theory]
    [InlineData(LagKind.EndStart)]
    [InlineData(LagKind.StartStart)]
    [InlineData(LagKind.EndEnd)]
    public void A_minimum_lag_that_is_not_kept_is_found(LagKind kind) => EachDamage(ViolationCode.MinLag, Mix.Overlaps,
        (scene, planned) => [planned.At(scene.Tight(planned, kind)!.Value - 1)],
        (scene, planned) => scene.Tight(planned, kind) is not null);

    [Theory]
    [InlineData(LagKind.EndStart)]
    [InlineData(LagKind.StartStart)]
    [InlineData(LagKind.EndEnd)]
    public void A_maximum_lag_that_is_not_kept_is_found(LagKind kind) => EachDamage(
        ViolationCode.MaxLag, Mix.Overlaps | Mix.MaxLags, (_, planned) => [planned.At(planned.StartSeconds + 10_000)],
        (scene, planned) => scene.ArcsInto(planned).Any(arc => arc.Kind == kind && arc.MaxLagSeconds is not null));

    [Fact]
    public void A_start_before_release_or_material_is_found() => EachDamage(ViolationCode.Release, Mix.Dates,
        (scene, planned) => [planned.At(scene.Earliest(planned) - 1)], (_, _) => true);

    [Fact]
    public void Too_much_of_a_resource_is_found() => EachDamage(ViolationCode.Resource, Mix.Resources,
        (scene, planned) => [planned.At(scene.Crowd(planned)!.Value)],
        (scene, planned) => scene.Crowd(planned) is not null);

    [Fact]
    public void A_moved_lock_is_found() => EachDamage(ViolationCode.Lock, Mix.Locks,
        (_, planned) => [planned.At(planned.StartSeconds + 1)], (scene, planned) =>
            scene.Operation(planned).Lock is not null);

    [Fact]
    public void A_moved_frozen_operation_is_found() => EachDamage(ViolationCode.FrozenZone, Mix.Frozen,
        (_, planned) => [planned.At(planned.StartSeconds + 1)],
        (scene, planned) => planned.StartSeconds < scene.Model.FrozenUntilSeconds);

    [Fact]
    public void A_new_operation_in_the_frozen_zone_is_found() => EachDamage(ViolationCode.FrozenZone, Mix.Frozen,
        (scene, planned) => [planned.At(scene.Model.FrozenUntilSeconds - 1)],
        (scene, planned) => planned.StartSeconds >= scene.Model.FrozenUntilSeconds);

    [Fact]
    public void Running_work_planned_otherwise_is_found() => EachDamage(ViolationCode.Running, Mix.Running,
        (_, planned) => [planned with { EndSeconds = planned.EndSeconds + 1 }],
        (scene, planned) => scene.Operation(planned).Running is not null);

    [Fact]
    public void Figures_that_are_not_the_plans_own_are_found()
    {
        var model = RandomModel.Create(3, Mix.Dates | Mix.Setups);
        var plan = ListPlanner.Plan(model.Compile());
        foreach (var criterion in Enum.GetValues<Criterion>())
        {
            var wrong = plan with { Measures = Off(plan.Measures, criterion) };
            PlanVerifier.Verify(model, wrong).ShouldHaveSingleItem().Code.ShouldBe(ViolationCode.Measures);
        }
    }

    static PlanMeasures Off(PlanMeasures measures, Criterion criterion) => criterion switch
    {
        Criterion.Makespan => measures with { Makespan = measures.Makespan - 1 },
        Criterion.WeightedTardiness => measures with { WeightedTardiness = measures.WeightedTardiness + 1 },
        Criterion.SetupTime => measures with { SetupTime = measures.SetupTime + 1 },
        Criterion.Instability => measures with { Instability = 1 },
        _ => measures with { WorkInProcess = measures.WorkInProcess - 1 },
    };

    static Func<Breakdown, bool> Concerns(PlannedOperation planned) =>
        breakdown => breakdown.EquipmentId == planned.EquipmentId;

    /// <summary>Damages one operation of each of many plans; the code must be among what is reported.</summary>
    static void EachDamage(string code, Mix mix, Func<Scene, PlannedOperation, PlannedOperation[]> damage,
        Func<Scene, PlannedOperation, bool> applies)
    {
        var done = 0;
        for (var seed = 0; seed < SeedsMax && done < DamagesWanted; seed++)
        {
            if (Scene.Create(seed, mix) is not { } scene) continue;
            var candidates = scene.Plan.Operations.Where(planned => applies(scene, planned)).ToArray();
            if (candidates.Length == 0) continue;
            var victim = candidates[new Random(seed).Next(candidates.Length)];
            var damaged = scene.Plan.Operations.SelectMany(planned =>
                planned == victim ? damage(scene, victim) : [planned]);
            PlanVerifier.Verify(scene.Model, damaged.ToArray()).Select(violation => violation.Code)
                .ShouldContain(code, $"seed {seed}: {victim}");
            done++;
        }
        done.ShouldBe(DamagesWanted);
    }
}

static class PlannedOperationExtensions
{
    /// <summary>The same operation with the same length at another start.</summary>
    public static PlannedOperation At(this PlannedOperation planned, int start) => planned with
    {
        SetupStartSeconds = planned.SetupStartSeconds + start - planned.StartSeconds,
        StartSeconds = start,
        EndSeconds = planned.EndSeconds + start - planned.StartSeconds,
    };
}
