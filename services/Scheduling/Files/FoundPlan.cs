using System.Text.Json;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Files;

/// <summary>A plan and its figures on one line of JSON: what a search tells its parent process.</summary>
public sealed record FoundPlan
{
    /// <summary>The plan's value: a number, or one per level of the objective.</summary>
    public required JsonElement Objective { get; init; }

    /// <summary>What no plan falls below, like <see cref="Objective"/>.</summary>
    public required JsonElement LowerBound { get; init; }

    /// <summary>Distance of the first level from its bound, as a share of it.</summary>
    public double Gap { get; init; }

    /// <summary>How long the search has been at work.</summary>
    public required double Seconds { get; init; }

    /// <summary>False if the verifier found something against the plan.</summary>
    public required bool Feasible { get; init; }

    /// <summary>How many operations there are.</summary>
    public int Operations { get; init; }

    /// <summary>How the plan was found.</summary>
    public string? Method { get; init; }

    /// <summary>Where each operation is, with ids.</summary>
    public IReadOnlyList<PlanFile.Entry>? Plan { get; init; }

    /// <summary>The line of a plan.</summary>
    public static string Write(SchedulingModel model, Plan plan, TimeSpan elapsed, bool isFeasible) =>
        JsonSerializer.Serialize(new FoundPlan
        {
            Objective = Number(plan.Value),
            LowerBound = Number(plan.Bound),
            Gap = Math.Round(plan.Gap, 6),
            Seconds = Math.Round(elapsed.TotalSeconds, 3),
            Feasible = isFeasible,
            Operations = plan.Operations.Count,
            Method = plan.Method,
            Plan = [.. PlanFile.Entries(model, plan, withIds: true)],
        }, PlanFile.Options);

    /// <summary>What a line says; null if it is none, such as the end of a line whose process was killed.</summary>
    public static FoundPlan? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<FoundPlan>(line, PlanFile.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One level as a number, several as a list.</summary>
    public static JsonElement Number(ObjectiveValue value) => value.Levels.Length == 1
        ? JsonSerializer.SerializeToElement(value.Levels[0])
        : JsonSerializer.SerializeToElement(value.Levels.ToArray());

    /// <summary>The levels of what <see cref="Number"/> made.</summary>
    public static long[] Levels(JsonElement number) => number.ValueKind == JsonValueKind.Array
        ? [.. number.EnumerateArray().Select(level => level.GetInt64())]
        : [number.GetInt64()];
}
