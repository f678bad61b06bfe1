using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Handover;

/// <summary>What notes are sorted by.</summary>
public enum HandoverNoteSort
{
    /// <summary>When they were written.</summary>
    WrittenAt
}

/// <summary>Which notes are listed, by whether the next shift knows of them.</summary>
public enum HandoverNoteStatus
{
    /// <summary>Nobody has acknowledged it.</summary>
    Open,
    /// <summary>Somebody has.</summary>
    Acknowledged
}

static class ListHandoverNotesEndpoint
{
    static readonly SortedPages<HandoverNote, HandoverNoteSort> Sorted =
        new SortedPages<HandoverNote, HandoverNoteSort>(note => note.Id, isDescending: true)
            .By(HandoverNoteSort.WrittenAt, note => note.WrittenAt);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/handover-notes", Handle).Named("listHandoverNotes", "List what shifts have handed over")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>The last written first unless told; the time is that at which they were written.</summary>
    static async Task<Page<HandoverNoteView>> Handle(
        EquipmentDb db, Code? workCenter, HandoverNoteStatus? status, [AsParameters] TimeFilter written,
        [AsParameters] Sorting<HandoverNoteSort> sorting, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var notes = db.HandoverNotes.AsNoTracking().In(written, note => note.WrittenAt)
            .Where(note => workCenter == null || note.WorkCenter == workCenter);
        if (status is { } asked)
        {
            notes = asked == HandoverNoteStatus.Open
                ? notes.Where(note => note.AcknowledgedAt == null) : notes.Where(note => note.AcknowledgedAt != null);
        }
        var rows = await Sorted.Take(notes, sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, HandoverNoteView.Of);
    }
}
