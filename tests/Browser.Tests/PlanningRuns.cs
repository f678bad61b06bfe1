using System.Net.Http.Json;
using System.Text.Json;

namespace Mes.Browser.Tests;

static class PlanningRuns
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    /// <summary>Waits until the run that was asked for is over.</summary>
    /// <param name="http">To the gateway.</param>
    /// <param name="asked">The answer to <c>POST /api/scheduling/plans</c>.</param>
    public static Task Over(HttpClient http, JsonElement asked) => Poll.Until(async () =>
    {
        var run = await http.GetFromJsonAsync<JsonElement>($"/api/scheduling/runs/{asked.GetProperty("runId")}");
        return run.GetProperty("attempts")[0].GetProperty("status").GetString() is not ("Waiting" or "Running");
    }, Bound, "the planning run is over");
}
