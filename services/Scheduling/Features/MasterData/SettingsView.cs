using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>How the plant wants to be planned.</summary>
/// <param name="FrozenMinutes">How long ahead the plan is not changed any more, minutes, 0 to 10,080.</param>
/// <param name="TardinessWeight">Cost of one weighted second of tardiness, 1 to 10,000.</param>
/// <param name="SetupWeight">Cost of one second of setup, 0 to 10,000; 0: setups decide only where all else is equal.</param>
/// <param name="StabilityWeight">Cost of moving one operation by one second, 0 to 1000.</param>
/// <param name="FullSeconds">Search time of a full run, 1 to 3600 s.</param>
/// <param name="IncrementalSeconds">Search time of an incremental run, 1 to 600 s.</param>
/// <param name="RepairSeconds">Search time after an event, 1 to 120 s.</param>
/// <param name="Workers">Threads of a search, 1 to 64.</param>
/// <param name="DeviationMinutes">How far progress may be from the plan before it is repaired, minutes, 1 to 1440.</param>
public sealed record SettingsView(
    int FrozenMinutes, int TardinessWeight, int SetupWeight, int StabilityWeight, int FullSeconds, int IncrementalSeconds,
    int RepairSeconds, int Workers, int DeviationMinutes)
{
    internal static SettingsView Of(PlanningSettings row) => new(row.FrozenMinutes, row.TardinessWeight, row.SetupWeight,
        row.StabilityWeight, row.FullSeconds, row.IncrementalSeconds, row.RepairSeconds, row.Workers, row.DeviationMinutes);
}
