using Mes.Equipment.Domain;

namespace Mes.Equipment.Features.MasterData;

/// <summary>The tree of downtime reasons.</summary>
/// <param name="Reasons">All of them, in the order in which screens show them.</param>
public sealed record ReasonsView(IReadOnlyList<DowntimeReason> Reasons);
