using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Data;

/// <summary>Makes pins and what was taken out the plant's.</summary>
static class PlantPins
{
    /// <summary>Writes what later facts have otherwise than those that were read.</summary>
    public static async Task TakeOver(this SchedulingDb db, PlanningFacts live, PlanningFacts after, CancellationToken ct)
    {
        var effect = StepEffect.Between(live, after);
        Guid[] pinned = [.. effect.Locked.Select(o => o.OperationId), .. effect.Unlocked];
        Guid[] takenOut = [.. effect.TakenOut, .. effect.PlannedAgain];
        var locks = await db.Locks.Where(pin => pinned.Contains(pin.OperationId)).ToDictionaryAsync(pin => pin.OperationId, ct);
        var known = await db.TakenOut.Where(row => takenOut.Contains(row.OperationId))
            .ToDictionaryAsync(row => row.OperationId, ct);
        foreach (var place in effect.Locked)
        {
            var pin = locks.GetValueOrDefault(place.OperationId)
                ?? db.Locks.Add(new LockedOperation(place.OperationId, place.Equipment, place.StartsAt)).Entity;
            pin.MoveTo(place.Equipment, place.StartsAt);
        }
        db.Locks.RemoveRange(effect.Unlocked.Where(locks.ContainsKey).Select(id => locks[id]));
        db.TakenOut.AddRange(effect.TakenOut.Where(id => !known.ContainsKey(id))
            .Select(id => new TakenOutOperation { OperationId = id }));
        db.TakenOut.RemoveRange(effect.PlannedAgain.Where(known.ContainsKey).Select(id => known[id]));
        await db.NoteChange(ct);
    }
}
