using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>A secondary resource: operators of a skill, a tool, a mould.</summary>
/// <param name="Code">Code, unique; routings name it.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Capacity">Units that can be in use at the same time, 1 to 10,000.</param>
/// <param name="Calendar">Code of a calendar of Equipment; null: always there.</param>
/// <param name="IsHeldDuringPauses">Whether a paused operation keeps it (a mould) or frees it (an operator).</param>
public sealed record ResourceView(string Code, string Name, int Capacity, string? Calendar, bool IsHeldDuringPauses)
{
    internal static ResourceView Of(PlantResource row) =>
        new(row.Code, row.Name, row.Capacity, row.Calendar, row.IsHeldDuringPauses);
}
