using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Features.MasterData;

static class MasterDataWarnings
{
    /// <summary>What is probably a mistake where something names equipment.</summary>
    public static async Task<IReadOnlyList<PlanWarning>> WarningsOf(
        this SchedulingDb db, string equipment, string where, CancellationToken ct) => PlanWarnings.OfEquipment(
            equipment, await db.ReadValue<bool>(
                "SELECT EXISTS (SELECT FROM equipment WHERE code = @equipment)", new { equipment }, ct), where);
}
