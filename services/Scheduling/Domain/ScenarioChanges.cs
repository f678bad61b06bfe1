using Mes.Contracts;
using Mes.Kernel;

namespace Mes.Scheduling.Domain;

/// <summary>A change of a scenario's inputs, or of its plan. Which members it needs depends on its kind.</summary>
/// <param name="Kind">What is changed.</param>
public sealed record ScenarioChange(ScenarioChangeKind Kind)
{
    /// <summary>Code of the calendar (shifts, closed days), or the one that added equipment follows.</summary>
    public string? Calendar { get; init; }

    /// <summary>The shift that is added or removed.</summary>
    public WeeklyShift? Shift { get; init; }

    /// <summary>The day that is closed or opened.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Code of the equipment (stop, added equipment, lock).</summary>
    public string? Equipment { get; init; }

    /// <summary>Code of the equipment that added equipment is like: it can do the same work.</summary>
    public string? Like { get; init; }

    /// <summary>Code of the product that an order is placed for: its newest routing is followed.</summary>
    public string? Product { get; init; }

    /// <summary>The order (due, priority, quantity). Of an order that is placed the service chooses it.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>The operation (lock, unlock).</summary>
    public Guid? OperationId { get; init; }

    /// <summary>Start of the stop, of the locked operation's run, or earliest start of the placed order, UTC.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End of the stop, or the new due date, UTC.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The order's new priority, 0 to 1000.</summary>
    public int? Priority { get; init; }

    /// <summary>The order's quantity, &gt; 0.</summary>
    public decimal? Quantity { get; init; }
}

/// <summary>What a scenario changes.</summary>
public enum ScenarioChangeKind
{
    /// <summary>A calendar gets a shift.</summary>
    AddShift,
    /// <summary>A calendar loses a shift.</summary>
    RemoveShift,
    /// <summary>No shift begins on a day.</summary>
    CloseDay,
    /// <summary>A closed day is worked.</summary>
    OpenDay,
    /// <summary>Equipment is down for a time.</summary>
    StopEquipment,
    /// <summary>Equipment that can do what other equipment does is added.</summary>
    AddEquipment,
    /// <summary>An order is placed that nobody has placed yet.</summary>
    AddOrder,
    /// <summary>An order gets another due date.</summary>
    SetDue,
    /// <summary>An order gets another priority.</summary>
    SetPriority,
    /// <summary>An order gets another quantity.</summary>
    SetQuantity,
    /// <summary>An operation is pinned.</summary>
    Lock,
    /// <summary>An operation is no longer pinned.</summary>
    Unlock
}

/// <summary>A change, and the revision of the plan that answers it.</summary>
/// <param name="Revision">The revision that the change made.</param>
/// <param name="Change">What was changed.</param>
/// <param name="Operations">Of an order that was placed: the routing that it follows; else null.</param>
public sealed record ScenarioStep(
    int Revision, ScenarioChange Change, IReadOnlyList<RoutedOperation>? Operations = null);

/// <summary>Applies changes to the facts of a scenario.</summary>
public static class ScenarioChanges
{
    /// <summary>The facts after a step.</summary>
    /// <exception cref="RuleViolation">The change names what is not there, or lacks a value.</exception>
    public static PlanningFacts Apply(this PlanningFacts facts, ScenarioStep step) =>
        step.Change.Kind == ScenarioChangeKind.AddOrder
            ? facts with { Demand = [.. facts.Demand, Placed(step.Change, Needed(step.Operations, "product"))] }
            : facts.Apply(step.Change);

    /// <summary>The facts after a change that brings no routing along.</summary>
    /// <exception cref="RuleViolation">The change names what is not there, or lacks a value.</exception>
    public static PlanningFacts Apply(this PlanningFacts facts, ScenarioChange change) => change.Kind switch
    {
        ScenarioChangeKind.AddShift =>
            facts.WithCalendar(change, calendar => calendar.Adding(Needed(change.Shift, "shift"))),
        ScenarioChangeKind.RemoveShift =>
            facts.WithCalendar(change, calendar => calendar.Removing(Needed(change.Shift, "shift"))),
        ScenarioChangeKind.CloseDay =>
            facts.WithCalendar(change, calendar => calendar.Closing(NeededValue(change.Day, "day"))),
        ScenarioChangeKind.OpenDay =>
            facts.WithCalendar(change, calendar => calendar.Opening(NeededValue(change.Day, "day"))),
        ScenarioChangeKind.StopEquipment => facts.Stop(change),
        ScenarioChangeKind.AddEquipment =>
            facts.AddEquipment(Needed(change.Equipment, "equipment"), Needed(change.Like, "like"), change.Calendar),
        ScenarioChangeKind.SetDue => facts.WithOrder(change, order => order with { DueAt = NeededValue(change.Until, "until") }),
        ScenarioChangeKind.SetPriority =>
            facts.WithOrder(change, order => order with { Priority = NeededValue(change.Priority, "priority") }),
        ScenarioChangeKind.SetQuantity =>
            facts.WithOrder(change, order => Ordered(order, NeededValue(change.Quantity, "quantity"))),
        ScenarioChangeKind.Lock => facts.WithOperation(change, operation => facts.Locked(operation, change)),
        ScenarioChangeKind.Unlock => facts.WithOperation(change, operation => operation with { Lock = null }),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "Unknown kind of change.")
    };

    static PlanningFacts WithCalendar(this PlanningFacts facts, ScenarioChange change, Func<WorkCalendar, WorkCalendar> with)
    {
        var code = Needed(change.Calendar, "calendar");
        var calendar = facts.Capacity.Calendars.FirstOrDefault(known => known.Code == code)
            ?? throw Unknown("calendar-not-in-scenario", "calendar", code);
        var calendars = facts.Capacity.Calendars.Select(known => known == calendar ? with(known) : known);
        return facts with { Capacity = facts.Capacity with { Calendars = [.. calendars] } };
    }

    static PlanningFacts Stop(this PlanningFacts facts, ScenarioChange change)
    {
        var (from, until) = (NeededValue(change.From, "from"), NeededValue(change.Until, "until"));
        var equipment = facts.RequireEquipment(Needed(change.Equipment, "equipment"));
        if (until <= from)
        {
            throw new RuleViolation("stop-ends-before-start", "Let the stop end after its start.", ("from", from),
                ("until", until));
        }
        IReadOnlyList<PlannedStop> stops = [.. facts.Capacity.Stops, new PlannedStop(equipment, from, until)];
        return facts with { Capacity = facts.Capacity with { Stops = stops } };
    }

    static PlanningFacts AddEquipment(this PlanningFacts facts, string code, string like, string? calendar)
    {
        facts.RequireEquipment(like);
        if (calendar is not null && facts.Capacity.Calendars.All(known => known.Code != calendar))
        {
            throw Unknown("calendar-not-in-scenario", "calendar", calendar);
        }
        if (facts.Equipment().Contains(code))
        {
            throw new RuleViolation("equipment-exists", "Give added equipment a code of its own.", ("equipment", code));
        }
        var calendarOf = new Dictionary<string, string>(facts.Capacity.CalendarOf);
        if ((calendar ?? facts.Capacity.CalendarFor(like)) is { } own)
        {
            calendarOf[code] = own;
        }
        var setups = facts.Capacity.Setups.Where(setup => setup.Equipment == like).Select(setup =>
            new SetupTimes(code, setup.DefaultSeconds, setup.Changes));
        return facts with
        {
            Capacity = facts.Capacity with { CalendarOf = calendarOf, Setups = [.. facts.Capacity.Setups, .. setups] },
            Demand = [.. facts.Demand.Select(order =>
                order with { Operations = [.. order.Operations.Select(o => Can(o, code, like))] })]
        };
    }

    static DemandOperation Can(DemandOperation operation, string code, string like) => !operation.Equipment.Contains(like)
        ? operation
        : operation with
        {
            Equipment = [.. operation.Equipment, code],
            Alternatives = [.. operation.Alternatives, .. operation.Alternatives.Where(a => a.Equipment == like)
                .Select(a => a with { Equipment = code })]
        };

    static PlanningFacts WithOrder(this PlanningFacts facts, ScenarioChange change, Func<DemandOrder, DemandOrder> with)
    {
        var id = NeededValue(change.OrderId, "orderId");
        return facts.Demand.Any(order => order.OrderId == id)
            ? facts with { Demand = [.. facts.Demand.Select(order => order.OrderId == id ? with(order) : order)] }
            : throw Unknown("order-not-in-scenario", "orderId", id);
    }

    static DemandOrder Placed(ScenarioChange change, IReadOnlyList<RoutedOperation> operations)
    {
        var order = RoutedDemand.Of(
            NeededValue(change.OrderId, "orderId"), Needed(change.Product, "product"),
            NeededValue(change.Quantity, "quantity"), change.From?.ToUniversalTime(), operations);
        return order with { Priority = change.Priority ?? 0, DueAt = change.Until?.ToUniversalTime() };
    }

    /// <summary>What was finished already stays finished.</summary>
    static DemandOrder Ordered(DemandOrder order, decimal quantity) => order with
    {
        Quantity = quantity,
        Operations = [.. order.Operations.Select(o =>
            o with { Remaining = Math.Max(0, o.Remaining + quantity - order.Quantity) })]
    };

    static PlanningFacts WithOperation(
        this PlanningFacts facts, ScenarioChange change, Func<DemandOperation, DemandOperation> with)
    {
        var id = NeededValue(change.OperationId, "operationId");
        var operation = facts.Operation(id) ?? throw Unknown("operation-not-in-scenario", "operationId", id);
        return facts.With(new Dictionary<Guid, DemandOperation> { [id] = with(operation) });
    }

    static DemandOperation Locked(this PlanningFacts facts, DemandOperation operation, ScenarioChange change)
    {
        var (equipment, from) = (facts.RequireEquipment(Needed(change.Equipment, "equipment")), NeededValue(change.From, "from"));
        return operation.Equipment.Contains(equipment)
            ? operation with { Lock = new OperationLock(equipment, from) }
            : throw new RuleViolation("incompatible-equipment", "Lock it to equipment that can do it.",
                ("equipment", equipment), ("allowed", operation.Equipment));
    }

    /// <summary>All equipment that the open orders can use.</summary>
    public static HashSet<string> Equipment(this PlanningFacts facts) => [.. EquipmentBuilder.Used([.. facts.Demand])];

    static string RequireEquipment(this PlanningFacts facts, string code) =>
        facts.Equipment().Contains(code) ? code : throw Unknown("equipment-not-in-scenario", "equipment", code);

    static T Needed<T>(T? value, string name) where T : class => value ?? throw Missing(name);

    static T NeededValue<T>(T? value, string name) where T : struct => value ?? throw Missing(name);

    static RuleViolation Missing(string name) =>
        new("change-incomplete", "Give the value that this kind of change needs.", ("field", name));

    static RuleViolation Unknown(string code, string name, object key) =>
        new(code, "Name one that the scenario plans.", (name, key));
}
