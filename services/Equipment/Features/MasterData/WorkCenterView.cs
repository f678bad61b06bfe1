using Mes.Equipment.Data;

namespace Mes.Equipment.Features.MasterData;

/// <summary>A work center and where it stands.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name on the floor.</param>
/// <param name="Area">The area it lies in.</param>
/// <param name="Site">The site of the area.</param>
/// <param name="Calendar">Code of the calendar of its units that have none of their own, null for the plant's.</param>
public sealed record WorkCenterView(string Code, string Name, string Area, string Site, string? Calendar)
{
    internal static WorkCenterView Of(WorkCenter row) => new(row.Code, row.Name, row.Area, row.Site, row.Calendar);
}
