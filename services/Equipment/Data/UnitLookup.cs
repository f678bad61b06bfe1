using Mes.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Data;

/// <summary>Finds equipment units by their codes.</summary>
static class UnitLookup
{
    /// <summary>The unit of that code.</summary>
    /// <exception cref="RuleViolation">There is no such unit.</exception>
    public static async Task<EquipmentUnit> RequireUnit(this EquipmentDb db, string code, CancellationToken ct) =>
        await db.Units.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, ct)
        ?? throw RuleViolation.NotFound("equipment-unit", code);
}
