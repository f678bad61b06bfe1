namespace Mes.EndToEnd.Tests;

/// <summary>Plans are searched for a second: what these tests plan is planned by then.</summary>
static class PlanningIsQuick
{
    public static async Task Set(Edition edition)
    {
        using var api = new Api(edition.Gateway, await edition.ApiKey());
        await Set(api);
    }

    public static Task Set(Api api) => api.Put("scheduling/settings", new { fullSeconds = 1 });
}
