using Mes.Equipment.Domain;

namespace Mes.Equipment.Features.Handover;

/// <summary>What a shift tells the next one at a work center.</summary>
/// <param name="Id">Identity: the id of the command.</param>
/// <param name="WorkCenter">Code of the work center.</param>
/// <param name="Text">What it says.</param>
/// <param name="Writer">Code of the person who wrote it, or the program's identity.</param>
/// <param name="WrittenBy">Name of who wrote it.</param>
/// <param name="WrittenAt">When it was written, UTC.</param>
/// <param name="AcknowledgedBy">Name of who acknowledged it, or null.</param>
/// <param name="AcknowledgedAt">When, UTC, or null while it is open.</param>
public sealed record HandoverNoteView(
    Guid Id, string WorkCenter, string Text, string Writer, string WrittenBy, DateTimeOffset WrittenAt, string? AcknowledgedBy,
    DateTimeOffset? AcknowledgedAt)
{
    internal static HandoverNoteView Of(HandoverNote note) => new(
        note.Id, note.WorkCenter, note.Text, note.WriterId, note.WrittenBy, note.WrittenAt, note.AcknowledgedBy,
        note.AcknowledgedAt);
}
