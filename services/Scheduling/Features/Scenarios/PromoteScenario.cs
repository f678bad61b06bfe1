using System.Diagnostics;
using FluentValidation;
using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
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
/// Publishes a scenario's plan, brought up to what is known now. Its calendars and locks become the plant's; orders and
/// equipment belong to others: equipment that only the scenario has must be there first.
/// </summary>
static class PromoteScenarioEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/scenarios/{id:guid}/promote", Handle).RequireAuthorization(Permissions.Plan);

    static async Task<Ok<ScenarioView>> Handle(
        Guid id, PromoteScenario request, SchedulingDb db, PlanBook book, ScenarioBook scenarios, PlanningInput input,
        TimeProvider clock, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        await book.TakeTurn(ct);
        var open = await scenarios.ForUpdate(id, ct);
        await book.RequireVersion(request.PlanVersion ?? open.Scenario.BaseVersion, ct);
        var live = await input.Read(ct);
        await RequireEquipment(input, live, open.Facts.Plan, ct);
        var facts = WithOwnChanges(live, open.Scenario.Changes);
        var plan = PlanShift.Shift(facts, open.Facts.Plan, PlanSearch.Whole(clock.GetUtcNow()));
        await TakeOver(db, facts, open.Scenario.Changes, ct);
        open.Scenario.Status = ScenarioStatus.Promoted;
        var record = await book.Publish(
            plan, facts, new PlanStory("Scenario", open.Scenario.Name, open.Plan.Method, watch.Elapsed), ct);
        await db.NoteChange(ct);
        return TypedResults.Ok(ScenarioView.Of(open.Scenario, record));
    }

    /// <summary>Calendars and locks are Scheduling's own.</summary>
    static bool IsOwn(ScenarioChange change) => change.Kind is ScenarioChangeKind.AddShift or ScenarioChangeKind.RemoveShift
        or ScenarioChangeKind.CloseDay or ScenarioChangeKind.OpenDay or ScenarioChangeKind.Lock or ScenarioChangeKind.Unlock;

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
            throw new RuleViolation("equipment-not-there",
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

    static async Task TakeOver(SchedulingDb db, PlanningFacts facts, IReadOnlyList<ScenarioStep> steps, CancellationToken ct)
    {
        var changed = steps.Where(step => IsOwn(step.Change)).Select(step => step.Change.Calendar).OfType<string>().ToHashSet();
        foreach (var calendar in await db.Calendars.Where(calendar => changed.Contains(calendar.Code)).ToListAsync(ct))
        {
            var wanted = facts.Capacity.Calendars.Single(known => known.Code == calendar.Code);
            (calendar.Shifts, calendar.ClosedDays) = (wanted.Shifts, wanted.ClosedDays);
        }
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
        pin ??= db.Locks.Add(new LockedOperation { OperationId = operation.OperationId, Equipment = wanted.Equipment }).Entity;
        (pin.Equipment, pin.StartsAt) = (wanted.Equipment, wanted.StartsAt.ToUniversalTime());
    }
}
