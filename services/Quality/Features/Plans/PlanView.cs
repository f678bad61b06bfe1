using Mes.Quality.Domain;

namespace Mes.Quality.Features.Plans;

/// <summary>A plan in its newest version.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Version">Number of the version, from 1.</param>
/// <param name="Definition">What it says.</param>
/// <param name="ChangedAt">When this version was made, UTC.</param>
public sealed record PlanView(string Code, int Version, PlanDefinition Definition, DateTimeOffset ChangedAt)
{
    /// <summary>Shows a plan.</summary>
    public static PlanView Of(InspectionPlan plan) => new(plan.Code, plan.Version, plan.Definition, plan.ChangedAt);
}
