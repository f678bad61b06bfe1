using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>A note to an order.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Text">The text.</param>
/// <param name="WrittenAt">When it was written, UTC.</param>
/// <param name="WrittenBy">Name of who wrote it.</param>
public sealed record OrderNoteView(Guid Id, string Text, DateTimeOffset WrittenAt, string WrittenBy)
{
    internal static OrderNoteView Of(OrderNote note) => new(note.Id, note.Text, note.WrittenAt, note.WrittenBy);
}
