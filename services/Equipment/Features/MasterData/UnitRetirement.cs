using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

/// <summary>What taking a unit out of use and bringing it back share.</summary>
static class UnitRetirement
{
    public static async Task<Ok<UnitView>> Change(
        Code code, string reason, Action<EquipmentUnit> change, EquipmentDb db, Timeline timeline,
        CancellationToken ct)
    {
        await timeline.Hold(code, ct);
        var unit = await db.Units.SingleOrDefaultAsync(row => row.Code == code, ct)
            ?? throw RuleViolation.NotFound("equipment-unit", code);
        change(unit);
        db.Reason = reason;
        db.Outbox.Add(unit.ToContract());
        return TypedResults.Ok(UnitView.Of(unit));
    }
}
