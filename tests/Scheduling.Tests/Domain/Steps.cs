using Mes.Kernel;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Tests.Domain;

/// <summary>The words of tests of a planner's steps.</summary>
static class Steps
{
    static DateTimeOffset Monday => Given.Monday;

    public static PlanRow Row(PlanningFacts facts, DemandOperation operation) =>
        facts.Plan.Single(row => row.OperationId == operation.OperationId);

    public static PlanningFacts Told(
        PlanningFacts facts, DemandOperation operation, Func<DemandOperation, DemandOperation> told) =>
        facts.With(new Dictionary<Guid, DemandOperation> { [operation.OperationId] = told(operation) });

    public static PlanStep Move(bool isPinned, params (DemandOperation Operation, string Equipment, int Minute)[] to) =>
        new(PlanStepKind.Move)
        {
            Lock = isPinned,
            Operations = [.. to.Select(o =>
                new PlacedOperation(o.Operation.OperationId, o.Equipment, Monday.AddMinutes(o.Minute)))]
        };

    public static PlanStep Step(PlanStepKind kind, params DemandOperation[] operations) =>
        new(kind) { OperationIds = [.. operations.Select(operation => operation.OperationId)] };

    public static PlanStep Place(DemandOrder order, OrderSide side) =>
        new(PlanStepKind.PlaceOrder) { OrderId = order.OrderId, Side = side };

    public static PlanningFacts After(PlanningFacts facts, PlanStep step) => step.Take(facts, Monday).Facts;

    public static RuleViolation Refused(PlanningFacts facts, PlanStep step, string code)
    {
        var refused = Should.Throw<RuleViolation>(() => step.Take(facts, Monday));
        refused.Code.ShouldBe(code);
        return refused;
    }

    /// <summary>The operation starts at a minute on an equipment.</summary>
    public static void IsAt(PlanningFacts facts, DemandOperation operation, string equipment, int minute)
    {
        var row = Row(facts, operation);
        (row.Equipment, (row.StartsAt - Monday).TotalMinutes).ShouldBe((equipment, minute));
    }
}
