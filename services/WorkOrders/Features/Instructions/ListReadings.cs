using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Instructions;

/// <summary>To whom a revision of an instruction was shown, and what they said to it.</summary>
/// <param name="Id">Identity: the id of the command.</param>
/// <param name="Order">Number of the order.</param>
/// <param name="OperationId">The order's operation.</param>
/// <param name="Routing">Code of the routing.</param>
/// <param name="Operation">Short name of the operation.</param>
/// <param name="Revision">The revision of its instruction.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="Reading">What they did.</param>
/// <param name="At">When, UTC.</param>
public sealed record ReadingView(
    Guid Id, string Order, Guid OperationId, string Routing, string Operation, int Revision, string Operator, Reading Reading,
    DateTimeOffset At)
{
    internal static ReadingView Of(InstructionReading reading, string order) => new(
        reading.Id, order, reading.OperationId, reading.Routing, reading.Operation, reading.Revision, reading.Operator,
        reading.Reading, reading.At);
}

/// <summary>What readings are sorted by.</summary>
public enum ReadingSort
{
    /// <summary>When they were.</summary>
    At
}

static class ListReadingsEndpoint
{
    static readonly SortedPages<InstructionReading, ReadingSort> Sorted =
        new SortedPages<InstructionReading, ReadingSort>(one => one.Id, isDescending: true).By(ReadingSort.At, one => one.At);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/instructions/readings", Handle).Named("listReadings", "List to whom instructions were shown")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The last first unless told; the time is that at which it was shown.</summary>
    static async Task<Page<ReadingView>> Handle(
        WorkOrdersDb db, Code? routing, Code? operation, Code? @operator, Guid? orderId, [AsParameters] TimeFilter shown,
        [AsParameters] Sorting<ReadingSort> sorting, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var rows = await Sorted.Take(db.InstructionReadings.AsNoTracking().In(shown, one => one.At).Where(one =>
            (routing == null || one.Routing == routing) && (operation == null || one.Operation == operation)
            && (@operator == null || one.Operator == @operator) && (orderId == null || one.OrderId == orderId)),
            sorting, page).ToListAsync(ct);
        var orders = rows.Select(one => one.OrderId).Distinct().ToList();
        var numbers = await db.Orders.Where(order => orders.Contains(order.Id))
            .ToDictionaryAsync(order => order.Id, order => order.Number, ct);
        return Sorted.Page(rows, sorting, page, one => ReadingView.Of(one, numbers[one.OrderId]));
    }
}
