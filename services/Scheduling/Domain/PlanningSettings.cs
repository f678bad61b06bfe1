using System.Text.Json.Serialization;

namespace Mes.Scheduling.Domain;

/// <summary>How a plant wants to be planned.</summary>
public sealed class PlanningSettings
{
    /// <summary>There is one row of it.</summary>
    public bool Id { get; init; } = true;

    /// <summary>How long ahead the plan is not changed any more, minutes.</summary>
    [JsonInclude]
    public int FrozenMinutes { get; private set; }

    /// <summary>What one weighted second of tardiness costs where setups or calm count beside it.</summary>
    [JsonInclude]
    public int TardinessWeight { get; private set; } = 100;

    /// <summary>
    /// What one second of setup costs beside tardiness; 0: setups decide only between plans that are equally late and calm.
    /// </summary>
    [JsonInclude]
    public int SetupWeight { get; private set; }

    /// <summary>
    /// What moving one operation by one second costs in a repair or incremental run, where one weighted second of tardiness costs
    /// <see cref="TardinessWeight"/>; 0: nothing.
    /// </summary>
    [JsonInclude]
    public int StabilityWeight { get; private set; } = 1;

    /// <summary>Search time of a full run, seconds.</summary>
    [JsonInclude]
    public int FullSeconds { get; private set; } = 60;

    /// <summary>Search time of an incremental run, seconds.</summary>
    [JsonInclude]
    public int IncrementalSeconds { get; private set; } = 20;

    /// <summary>Search time after an event, seconds.</summary>
    [JsonInclude]
    public int RepairSeconds { get; private set; } = 5;

    /// <summary>Threads of the search.</summary>
    [JsonInclude]
    public int Workers { get; private set; } = 2;

    /// <summary>How far reported progress may be from the plan before it is repaired, minutes.</summary>
    [JsonInclude]
    public int DeviationMinutes { get; private set; } = 30;

    /// <summary>Takes over what a change names; the rest stays.</summary>
    /// <returns>These settings.</returns>
    public PlanningSettings Change(ChangeSettings change)
    {
        FrozenMinutes = change.FrozenMinutes ?? FrozenMinutes;
        TardinessWeight = change.TardinessWeight ?? TardinessWeight;
        SetupWeight = change.SetupWeight ?? SetupWeight;
        StabilityWeight = change.StabilityWeight ?? StabilityWeight;
        FullSeconds = change.FullSeconds ?? FullSeconds;
        IncrementalSeconds = change.IncrementalSeconds ?? IncrementalSeconds;
        RepairSeconds = change.RepairSeconds ?? RepairSeconds;
        Workers = change.Workers ?? Workers;
        DeviationMinutes = change.DeviationMinutes ?? DeviationMinutes;
        return this;
    }
}

/// <summary>Says how the plant wants to be planned; what is null stays as it is.</summary>
/// <param name="FrozenMinutes">How long ahead the plan is not changed any more, minutes, up to a week.</param>
/// <param name="TardinessWeight">Cost of one weighted second of tardiness, 1 to 10,000.</param>
/// <param name="SetupWeight">Cost of one second of setup, 0 to 10,000; 0: setups decide only where all else is equal.</param>
/// <param name="StabilityWeight">Cost of moving one operation by one second, 0 to 1000.</param>
/// <param name="FullSeconds">Search time of a full run, 1 to 3600 s.</param>
/// <param name="IncrementalSeconds">Search time of an incremental run, 1 to 600 s.</param>
/// <param name="RepairSeconds">Search time after an event, 1 to 120 s.</param>
/// <param name="Workers">Threads of a search, 1 to 64.</param>
/// <param name="DeviationMinutes">How far progress may be from the plan before it is repaired, minutes, 1 to 1440.</param>
public sealed record ChangeSettings(
    int? FrozenMinutes = null, int? TardinessWeight = null, int? SetupWeight = null, int? StabilityWeight = null,
    int? FullSeconds = null, int? IncrementalSeconds = null, int? RepairSeconds = null, int? Workers = null,
    int? DeviationMinutes = null);
