using Mes.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Data;

/// <summary>Finds what people define, by its codes.</summary>
static class MasterDataLookup
{
    const int LockClass = 0x576F726B;       // 'Work'

    /// <summary>The unit of that code.</summary>
    /// <exception cref="RuleViolation">There is no such unit.</exception>
    public static async Task<EquipmentUnit> RequireUnit(this EquipmentDb db, string code, CancellationToken ct) =>
        await db.Units.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, ct)
        ?? throw RuleViolation.NotFound("equipment-unit", code);

    /// <summary>Sees to it that a calendar that is named is there.</summary>
    /// <exception cref="RuleViolation">There is no such calendar.</exception>
    public static async Task RequireCalendar(this EquipmentDb db, string? code, CancellationToken ct)
    {
        if (code is not null && !await db.Calendars.AnyAsync(row => row.Code == code, ct))
            throw new RuleViolation("calendar-not-found",
                "Name a shift calendar that exists, or none for the work center's or the plant's.", ("calendar", code));
    }

    /// <summary>
    /// The work center of that code, a new one where there is none; nobody else adds or changes it until the transaction ends.
    /// </summary>
    public static async Task<WorkCenter> WorkCenterForUpdate(this EquipmentDb db, string code, CancellationToken ct)
    {
        // SQL: an advisory lock, which Entity Framework does not know
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockClass}, hashtext({code}))", ct);
        return await db.WorkCenters.SingleOrDefaultAsync(row => row.Code == code, ct)
            ?? db.WorkCenters.Add(WorkCenter.Named(code)).Entity;
    }
}
