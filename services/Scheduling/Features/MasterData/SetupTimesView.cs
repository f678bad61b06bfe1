using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>The setup times of an equipment unit.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="DefaultSeconds">Between different families that are not named, seconds; within a family it is 0.</param>
/// <param name="Changes">The changes with a time of their own.</param>
/// <param name="Warnings">What is probably a mistake.</param>
public sealed record SetupTimesView(
    string Equipment, int DefaultSeconds, IReadOnlyList<SetupChange> Changes, IReadOnlyList<PlanWarning> Warnings);

static class SetupTimesViews
{
    /// <summary>What is probably a mistake in them is told with them.</summary>
    public static async Task<SetupTimesView> ViewOf(this SchedulingDb db, SetupTimes setup, CancellationToken ct) => new(
        setup.Equipment, setup.DefaultSeconds, setup.Changes, await db.WarningsOf(setup.Equipment, "setup times", ct));
}
