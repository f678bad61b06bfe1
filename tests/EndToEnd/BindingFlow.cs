using System.Net;

namespace Mes.EndToEnd.Tests;

/// <summary>
/// A terminal that is bound to a work center acts at a unit as soon as that is in it, and no longer: Equipment says where a unit
/// is, the gateway hears it, and each service refuses what the ticket does not name.
/// </summary>
static class BindingFlow
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    public static async Task Run(Uri gateway, string key)
    {
        using var api = new Api(gateway, key);
        var suffix = Guid.NewGuid().ToString("n")[..8];
        var (center, unit) = ($"WC-{suffix}", $"UNIT-{suffix}");
        await PutInto("elsewhere");
        var device = await api.Post("identity/devices", new
        {
            name = "Terminal", equipment = Array.Empty<string>(), workCenters = new[] { center }, roles = new[] { "operator" }
        });
        using var terminal = new Api(gateway, device!.Text("secret"));
        var refused = await Stop();
        (refused.Status, refused.Body.Text("code")).ShouldBe((HttpStatusCode.Forbidden, "not-at-this-terminal"));

        await PutInto(center);
        await Poll.Until(async () => (await Stop()).Status == HttpStatusCode.Created, Bound, "it acts at what has joined");
        await PutInto("elsewhere");
        await Poll.Until(async () => (await Stop()).Status == HttpStatusCode.Forbidden, Bound, "the unit has left");

        Task PutInto(string workCenter) =>
            api.Put($"equipment/units/{unit}", new { name = unit, workCenter, kind = "Production" });

        Task<Api.Answer> Stop()
        {
            var at = TimeProvider.System.GetUtcNow().AddMinutes(-1);
            return terminal.Send(HttpMethod.Post, $"equipment/units/{unit}/downtimes", new { startedAt = at, endedAt = at });
        }
    }
}
