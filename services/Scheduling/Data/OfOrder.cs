using Mes.Web;


namespace Mes.Scheduling.Data;

/// <summary>Only what belongs to an order.</summary>
/// <param name="Order">Number of the order, or absent for all.</param>
/// <param name="OrderId">Id of the order, or absent for all.</param>
public sealed record OfOrder(Code? Order, Guid? OrderId);
