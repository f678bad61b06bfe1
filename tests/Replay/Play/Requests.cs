namespace Mes.Replay.Play;

// The bodies of the requests that a replay sends, as the API describes them at /openapi.

sealed record DefineProduct(string Name, string Unit);

sealed record DefineMaterial(string Name, string Unit);

sealed record DefineEquipmentUnit(string Name, string WorkCenter, string Kind);

sealed record DefinePerson(string Name, IReadOnlyList<string> Roles);

sealed record SetSkills(IReadOnlyList<string> Skills);

sealed record RoutingStep(
    string Code, IReadOnlyList<string> Equipment, decimal SetupSeconds, decimal RunSecondsPerUnit, bool IsReceipt,
    bool IsInspection);

sealed record RoutingPolicies(
    string Sequence, string OverQuantity, string Qualification, string Material, decimal OverQuantityTolerancePercent,
    bool CompletesByQuantity);

sealed record DefineRouting(string Product, IReadOnlyList<RoutingStep> Steps, RoutingPolicies Policies);

sealed record TakeErpOrder(
    string Routing, string Revision, decimal Quantity, DateTimeOffset ReleaseAt, DateTimeOffset DueAt,
    bool Release);

sealed record CloseErpOrder(string? Reason);

sealed record ReceiveLot(
    string Material, decimal Quantity, string Unit, string Location, string Lot, DateTimeOffset OccurredAt);

sealed record IssueMaterial(
    string Order, string Material, decimal Quantity, string Unit, string Lot, DateTimeOffset OccurredAt);

sealed record SignOnOperator(string Operator, string Station, DateTimeOffset At);

sealed record SignOffOperator(DateTimeOffset At);

sealed record TakeReport(
    Guid SignOnId, string Equipment, string Activity, DateTimeOffset StartedAt, DateTimeOffset EndedAt, decimal Good,
    decimal Scrap, decimal Nonconforming, bool IsRework);

sealed record TakeDowntime(
    DateTimeOffset StartedAt, DateTimeOffset EndedAt, string? Operator, string Order, string Operation);
