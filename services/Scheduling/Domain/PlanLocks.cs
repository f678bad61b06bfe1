using Mes.Contracts;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Domain;

/// <summary>
/// Which locks hold. A lock holds whatever else must make room, also when its time has come: until its planned end
/// its work is taken to be under way as agreed, though nothing is reported yet. Only a lock that the facts have made
/// impossible gives way, alone; its operation keeps its equipment.
/// </summary>
static class PlanLocks
{
    static readonly string[] NamesOfOperations = ["to", "operation"];

    /// <summary>The facts with every lock told as what it is at an instant: ahead, being set up, under way, or given
    /// way.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="rows">The plan that has the locked operations in their places.</param>
    /// <param name="origin">The instant, UTC.</param>
    public static PlanningFacts At(PlanningFacts facts, IReadOnlyList<PlanRow> rows, DateTimeOffset origin)
    {
        var due = facts.Demand.SelectMany(order => order.Operations.Select(operation => (Order: order, Operation: operation)))
            .Where(item => item.Operation is { Lock: not null, Running: null }).OrderBy(item => item.Operation.Lock!.StartsAt)
            .ToList();
        if (due.Count == 0) return facts;
        var planned = rows.ToDictionary(row => row.OperationId);
        var busy = facts.Demand.SelectMany(order => order.Operations).Select(operation => operation.Running?.Equipment)
            .OfType<string>().ToHashSet();
        var told = new Dictionary<Guid, DemandOperation>();
        foreach (var (order, operation) in due)
        {
            var row = planned.GetValueOrDefault(operation.OperationId) is { } own && IsAt(own, operation.Lock!) ? own : null;
            told[operation.OperationId] = Told(order, operation, row, origin, busy);
        }
        return facts.With(told);
    }

    /// <summary>The facts without the locks that refusals name; the same facts where they name none.</summary>
    public static PlanningFacts Without(this PlanningFacts facts, IEnumerable<ModelRefusal> refusals)
    {
        var named = refusals.Select(refusal => NamesOfOperations.Select(name => refusal.Values.GetValueOrDefault(name))
            .OfType<string>().FirstOrDefault()).OfType<string>().ToHashSet();
        var without = facts.GivingWay(IsNamed);
        if (without != facts) return without;
        // what cannot be done even somewhen on the equipment it was pinned to may go elsewhere
        var pinned = facts.Demand.SelectMany(order => order.Operations).Where(o => o.Lock is not null && IsNamed(o)).ToList();
        return pinned.Count == 0 ? facts : facts.With(pinned.ToDictionary(o => o.OperationId, o => o with { Lock = null }));

        bool IsNamed(DemandOperation operation) => named.Contains(PlanningModel.IdOf(operation.OperationId));
    }

    /// <summary>The facts with some of the locks that hold giving way; the same facts where there are none.</summary>
    public static PlanningFacts GivingWay(this PlanningFacts facts, Func<DemandOperation, bool> which)
    {
        var given = facts.Demand.SelectMany(order => order.Operations)
            .Where(operation => operation.Lock is { GivesWay: false } && which(operation)).ToList();
        return given.Count == 0 ? facts : facts.With(given.ToDictionary(operation => operation.OperationId, GivenWay));
    }

    static bool IsAt(PlanRow row, OperationLock pin) =>
        row.Equipment == pin.Equipment && (row.StartsAt - pin.StartsAt).Duration() < TimeSpan.FromSeconds(1);

    static DemandOperation Told(
        DemandOrder order, DemandOperation operation, PlanRow? row, DateTimeOffset origin, HashSet<string> busy)
    {
        var pin = operation.Lock!;
        if (pin.StartsAt < origin)
        {
            return row is not null && row.EndsAt > origin && CanHaveBegun(order, operation, origin) && busy.Add(pin.Equipment)
                ? operation with { Running = new RunningWork(pin.Equipment, pin.StartsAt) { EndsAt = row.EndsAt } }
                : GivenWay(operation);
        }
        return row is not null && row.SetupStartsAt < origin && busy.Add(pin.Equipment)
            ? operation with { Lock = pin with { SetUpSince = row.SetupStartsAt } }
            : operation;
    }

    /// <summary>What is blocked, lacks material, or follows work that is still open, has not begun.</summary>
    static bool CanHaveBegun(DemandOrder order, DemandOperation operation, DateTimeOffset origin)
    {
        var isThere = !operation.IsHeld && !(order.IsShort && !(order.MaterialAt <= origin))
            && operation.Equipment.Contains(operation.Lock!.Equipment);
        return isThere && (operation.Links is { } links
            ? !links.Any(link => link.Kind == LinkKind.EndStart && order.Operations.Any(o => o.Code == link.After))
            : order.Operations[0].OperationId == operation.OperationId);
    }

    static DemandOperation GivenWay(DemandOperation operation) => operation with
    {
        Lock = operation.Lock! with { GivesWay = true, SetUpSince = null },
        Running = operation.Running is { IsTaken: true } ? null : operation.Running
    };
}
