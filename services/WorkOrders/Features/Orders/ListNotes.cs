using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>What notes are sorted by.</summary>
public enum NoteSort
{
    /// <summary>When they were written.</summary>
    WrittenAt
}

static class ListNotesEndpoint
{
    static readonly SortedPages<OrderNote, NoteSort> Sorted =
        new SortedPages<OrderNote, NoteSort>(note => note.Id).By(NoteSort.WrittenAt, note => note.WrittenAt);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders/{id:guid}/notes", Handle).Named("listNotes", "List the notes to an order")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order in which they were written unless told.</summary>
    static async Task<Page<OrderNoteView>> Handle(
        Guid id, WorkOrdersDb db, [AsParameters] Sorting<NoteSort> sorting, [AsParameters] PageRequest page, CancellationToken ct)
    {
        await db.RequireOrder(id, ct);
        var rows = await Sorted.Take(db.Notes.AsNoTracking().Where(note => note.OrderId == id), sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, OrderNoteView.Of);
    }
}
