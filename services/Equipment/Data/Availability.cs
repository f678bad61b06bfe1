using Mes.Equipment.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Data;

/// <summary>
/// Tells others whether an equipment can be used. Level-triggered: what they were last told is kept, compared with what
/// is, and only a difference is told. Called with the equipment held.
/// </summary>
sealed class Availability(EquipmentDb db)
{
    /// <param name="equipment">Code.</param>
    /// <param name="at">The instant judged.</param>
    /// <param name="ct">Cancels.</param>
    public async Task Tell(string equipment, DateTimeOffset at, CancellationToken ct)
    {
        var told = await db.Availability.SingleOrDefaultAsync(row => row.Equipment == equipment, ct);
        var tiles = await db.Connection.Query(Tiles.LeadingTo(equipment, at), Tiles.Read, ct);
        var status = EquipmentStatus.At(tiles, at);
        var change = AvailabilityChange.Decide(told is { IsDown: true } ? told.Since : null, status);
        if (change is AvailabilityChange.CameUp up)
            db.Outbox.Add(told!.Tell(isDown: false, up.At, cause: null));
        else if (change is AvailabilityChange.WentDown down)
            db.Outbox.Add((told ?? Add(equipment)).Tell(isDown: true, down.Since, await Cause(down.RecordIds, ct)));
        else if (told is { IsDown: true } && await Cause(status.RecordIds, ct) is { } cause && IsNews(told, cause))
            db.Outbox.Add(told.Tell(isDown: true, told.Since, cause));
    }

    static bool IsNews(EquipmentAvailability told, Downtime cause) =>
        (told.Reason, told.ExpectedUpAt) != (cause.LastReason, cause.ExpectedUpAt);

    EquipmentAvailability Add(string equipment) =>
        db.Availability.Add(new EquipmentAvailability { Equipment = equipment }).Entity;

    /// <summary>
    /// The first of the ongoing stops that say so; the one just reported may be known to this context only.
    /// </summary>
    async Task<Downtime?> Cause(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await db.Downtimes.Where(row => ids.Contains(row.Id)).LoadAsync(ct);
        return db.Downtimes.Local.Where(row => ids.Contains(row.Id) && row.EndedAt is null)
            .OrderBy(row => row.StartedAt).ThenBy(row => row.Id).FirstOrDefault();
    }
}
