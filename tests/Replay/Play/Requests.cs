namespace Mes.Replay;

// The bodies of the requests that a replay sends, as the API describes them at /openapi.

sealed record DefineProduct(string Code, string Name, string Unit);

sealed record DefineMaterial(string Name, string Unit);

sealed record DefineEquipmentUnit(string Name, string WorkCenter, string Kind);

sealed record DefineOperator(string Code, string Name, IReadOnlyList<string> Qualifications);

sealed record RoutingStep(
    string Code, IReadOnlyList<string> Equipment, decimal SetupSeconds, decimal RunSecondsPerUnit, bool IsReceipt,
    bool IsInspection);

sealed record RoutingPolicies(
    string Sequence, string OverQuantity, string Qualification, string Material, decimal OverQuantityTolerancePercent,
    bool CompletesByQuantity);

sealed record DefineRouting(
    string Code, string Revision, string Product, IReadOnlyList<RoutingStep> Steps, RoutingPolicies Policies);

sealed record TakeErpOrder(
    string Number, string Routing, string Revision, decimal Quantity, DateTimeOffset ReleaseAt, DateTimeOffset DueAt,
    bool Release);

sealed record CloseErpOrder(string Number, string? Reason);

sealed record ReceiveLot(
    string Material, decimal Quantity, string Unit, string Location, string Lot, DateTimeOffset OccurredAt);

sealed record IssueMaterial(
    string OrderNumber, string Material, decimal Quantity, string Unit, string Lot, DateTimeOffset OccurredAt);

sealed record SignOnOperator(string Operator, string Station, DateTimeOffset At);

sealed record SignOffOperator(DateTimeOffset At);

sealed record TakeReport(
    Guid SignOnId, string Equipment, string Activity, DateTimeOffset StartedAt, DateTimeOffset EndedAt, decimal Good,
    decimal Scrap, decimal Nonconforming, bool IsRework);

sealed record TakeDowntime(
    DateTimeOffset StartedAt, DateTimeOffset EndedAt, string? Operator, string OrderNumber, string OperationCode);
