using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Scenarios;

/// <summary>A scenario in a list.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="BaseVersion">Version of the plan that it was copied from.</param>
/// <param name="Revision">How often it was changed.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
public sealed record ScenarioLine(Guid Id, string Name, ScenarioStatus Status, long BaseVersion, int Revision,
    DateTimeOffset CreatedAt);

static class ListScenariosEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/scenarios", Handle).Named("listScenarios", "List the scenarios")
            .RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of their ids; the time is that at which they were made.</summary>
    static async Task<Page<ScenarioLine>> Handle(
        SchedulingDb db, ScenarioStatus? status, [AsParameters] TimeFilter made, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var after = page.AfterId();
        // by EF, which leaves out of the mapped row what the list does not show
        var rows = await db.Scenarios.AsNoTracking().In(made, scenario => scenario.CreatedAt).Where(scenario =>
            scenario.Id > after && (status == null || scenario.Status == status))
            .OrderBy(scenario => scenario.Id).Take(page.Size + 1).Select(scenario => new ScenarioLine(
                scenario.Id, scenario.Name, scenario.Status, scenario.BaseVersion, scenario.Revision,
                scenario.CreatedAt)).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }
}
