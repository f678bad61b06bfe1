namespace Mes.Replay.Actions;

/// <summary>One step of the replay.</summary>
/// <param name="At">The instant of the log at which it happens.</param>
/// <param name="OrderId">The order it belongs to; steps of one order keep their sequence.</param>
abstract record ReplayAction(DateTimeOffset At, string OrderId);

/// <summary>The ERP releases the order, with its routing and the lot of blanks put into stock.</summary>
sealed record ReleaseOrder(OrderMaster Order) : ReplayAction(Order.ReleasedAt, Order.Id);

/// <summary>The order's blanks are issued by hand, just before its first report.</summary>
sealed record IssueBlank(DateTimeOffset At, OrderMaster Order) : ReplayAction(At, Order.Id);

/// <summary>A worker reports production.</summary>
sealed record ReportProduction(LogRow Row) : ReplayAction(Row.EndedAt, Row.OrderId);

/// <summary>A worker reports downtime of an equipment that has ended.</summary>
sealed record ReportDowntime(LogRow Row) : ReplayAction(Row.EndedAt, Row.OrderId);

/// <summary>The ERP ends the order: complete, or closed short because less was received than ordered.</summary>
sealed record FinishOrder(DateTimeOffset At, OrderMaster Order, bool IsShort) : ReplayAction(At, Order.Id);
