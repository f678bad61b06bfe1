using System.Diagnostics;
using FluentValidation;
using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Scenarios;

/// <summary>Publishes a scenario's plan.</summary>
/// <param name="PlanVersion">
/// The version of the plan in force that the caller has looked at; null: the one that the scenario was copied from.
/// </param>
public sealed record PromoteScenario(long? PlanVersion = null);

sealed class PromoteScenarioValidator : AbstractValidator<PromoteScenario>
{
    public PromoteScenarioValidator() => RuleFor(promote => promote.PlanVersion).GreaterThanOrEqualTo(0);
}

/// <summary>
/// Publishes a scenario's plan, brought up to what is known now. Its locks become the plant's; orders, equipment and
/// calendars belong to others: equipment that only the scenario has, and shifts in which it has planned work, must be there
/// first.
/// </summary>
static class PromoteScenarioEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scenarios/{id:guid}/promote", Handle).Named("promoteScenario", "Make a scenario the plan")
            .RequireAuthorization(Permissions.Plan);

    static async Task<Ok<ScenarioView>> Handle(
        Guid id, PromoteScenario request, SchedulingDb db, PlanStore plans, ScenarioStore scenarios, PlanningInput input,
        TimeProvider clock, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await plans.TakeTurn(ct);
        var open = await scenarios.ForUpdate(id, ct);
        await plans.RequireVersion(request.PlanVersion ?? open.Scenario.BaseVersion, ct);
        var live = await input.Read(ct);
        await RequireEquipment(input, live, open.Facts.Plan, ct);
        RequireShifts(open, live, PlanSearch.Whole(clock.GetUtcNow()));
        var facts = WithOwnChanges(live, open.Scenario.Changes);
        var plan = PlanShift.Shift(facts, open.Facts.Plan, PlanSearch.Whole(clock.GetUtcNow()));
        await TakeOver(db, facts, open.Scenario.Changes, ct);
        open.Scenario.Promote();
        var record = await plans.Publish(
            plan, facts, new PlanStory("Scenario", open.Scenario.Name, open.Plan.Method, watch.Elapsed), ct);
        await db.NoteChange(ct);
        return TypedResults.Ok(ScenarioView.Of(open.Scenario, record));
    }

    /// <summary>Locks are Scheduling's own.</summary>
    static bool IsOwn(ScenarioChange change) => change.Kind is ScenarioChangeKind.Lock or ScenarioChangeKind.Unlock;

    /// <summary>A lock on an operation that is done by now has nothing left to hold.</summary>
    static PlanningFacts WithOwnChanges(PlanningFacts facts, IReadOnlyList<ScenarioStep> steps)
    {
        var open = facts.Demand.SelectMany(order => order.Operations).Select(operation => operation.OperationId).ToHashSet();
        return steps.Select(step => step.Change).Where(IsOwn)
            .Where(change => change.OperationId is not { } operation || open.Contains(operation))
            .Aggregate(facts, (before, change) => before.Apply(change));
    }

    /// <summary>Equipment that nobody has defined and equipment that cannot do the work are different things to mend.</summary>
    static async Task RequireEquipment(
        PlanningInput input, PlanningFacts live, IReadOnlyList<PlanRow> rows, CancellationToken ct)
    {
        var able = live.Demand.SelectMany(order => order.Operations)
            .ToDictionary(operation => operation.OperationId, operation => operation.Equipment);
        var unable = rows.Where(row => able.TryGetValue(row.OperationId, out var equipment) && !equipment.Contains(row.Equipment))
            .ToList();
        var known = await input.KnownEquipment(live, ct);
        var missing = unable.Select(row => row.Equipment).Where(code => !known.Contains(code)).Distinct().ToList();
        if (missing.Count > 0)
        {
            throw new RuleViolation("equipment-not-found",
                "Define the added equipment, and name it in the routings, before its plan can be published.",
                ("equipment", missing));
        }
        if (unable.Count > 0)
        {
            throw new RuleViolation("incompatible-equipment",
                "The orders' routings must name the equipment before its plan can be published.",
                ("equipment", unable.Select(row => row.Equipment).Distinct()),
                ("operations", unable.Select(row => row.OperationId).Take(100)));
        }
    }

    /// <summary>A shift is a question here and a fact in Equipment.</summary>
    static void RequireShifts(OpenScenario open, PlanningFacts live, DateTimeOffset now)
    {
        var borrowed = BorrowedTime.Of(open.Facts, open.Copied, live, now);
        if (borrowed.Count > 0)
        {
            throw new RuleViolation("shift-not-found",
                "Define in Equipment the shifts in which the scenario has planned work, before its plan can be published.",
                ("equipment", borrowed.Select(time => time.Equipment).OfType<string>().Distinct()),
                ("resources", borrowed.Select(time => time.Resource).OfType<string>().Distinct()),
                ("calendars", borrowed.Select(time => time.Calendar).OfType<string>().Distinct()),
                ("operations", borrowed.Select(time => time.OperationId).Distinct().Take(100)));
        }
    }

    static async Task TakeOver(SchedulingDb db, PlanningFacts facts, IReadOnlyList<ScenarioStep> steps, CancellationToken ct)
    {
        var pinned = steps.Select(step => step.Change.OperationId).OfType<Guid>().ToHashSet();
        var known = await db.Locks.Where(pin => pinned.Contains(pin.OperationId)).ToDictionaryAsync(pin => pin.OperationId, ct);
        foreach (var operation in facts.Demand.SelectMany(order => order.Operations).Where(o => pinned.Contains(o.OperationId)))
        {
            Pin(db, known.GetValueOrDefault(operation.OperationId), operation);
        }
    }

    static void Pin(SchedulingDb db, LockedOperation? pin, DemandOperation operation)
    {
        if (operation.Lock is not { } wanted)
        {
            if (pin is not null)
            {
                db.Locks.Remove(pin);
            }
            return;
        }
        var startsAt = wanted.StartsAt.ToUniversalTime();
        pin ??= db.Locks.Add(new LockedOperation(operation.OperationId, wanted.Equipment, startsAt)).Entity;
        pin.MoveTo(wanted.Equipment, startsAt);
    }
}
