using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mes.Demo.Api;
using Mes.Demo.Generation;
using Mes.Demo.Plant;

namespace Mes.Demo.Tests;

/// <summary>The demo as it is started: made on an empty folder, alive, started again.</summary>
public sealed class DemoTests(ITestOutputHelper output)
{
    static readonly TimeSpan ReadyBound = TimeSpan.FromMinutes(5); // a minute on a machine that does nothing else
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    const int Speed = 100;

    // 24 hours, a whole day, take 15 minutes
    static readonly double Hours =
        double.Parse(Environment.GetEnvironmentVariable("MES_DEMO_HOURS") ?? "1", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_plant_is_ready_in_time_lives_and_is_never_made_twice()
    {
        var began = Stopwatch.GetTimestamp();
        await using var edition = await StandaloneEdition.Start("--demo", "--demo-speed", $"{Speed}");
        await Poll.Until(() => edition.Said(StandaloneEdition.Mes).Contains("Mes demo is ready"), ReadyBound,
            "the demo is ready");
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine($"ready after {took.TotalSeconds:F0} s");
        took.ShouldBeLessThan(ReadyBound);

        await EveryRoleSignsIn(edition.Gateway);
        using var api = new MesApi(edition.Gateway, DemoFolder.Find(edition.DataFolder)!.Kept.Key);
        await HasAPlant(api);
        await HasAWeek(api);
        await Lives(api);
        await Passes(edition);
        await RefusesOtherData(edition);
        (await edition.PressCtrlC()).ShouldBe(0);
        edition.Said(StandaloneEdition.Mes).ShouldNotContain("Mes demo has stopped");

        await edition.StartAgain();
        using var again = new MesApi(edition.Gateway, DemoFolder.Find(edition.DataFolder)!.Kept.Key);
        await IsNotMadeTwice(again, edition);
        var answers = new Answers(again);
        await new Invariants(answers, output).Check();
        await FindsWhatIsFalse(answers);
    }

    /// <summary>What holds could not be said of anything else.</summary>
    async Task FindsWhatIsFalse(Answers answers)
    {
        foreach (var (path, member) in new[]
        {
            ("erp/confirmations", "good"), ("equipment/summary", "scrap"), ("work-orders/work?", "seconds"),
            ("inventory/production-receipts/summary", "pieces"), ("inventory/ledger/verdict", "isBalanced"),
            ("equipment/oee/verdict", "isConsistent"),
        })
        {
            var found = await Record.ExceptionAsync(() => new Invariants(answers.Falsified(path, member), output).Check());
            found.ShouldBeOfType<ShouldAssertException>($"{path}: {member}");
        }
    }

    static async Task EveryRoleSignsIn(Uri gateway)
    {
        using var stranger = new HttpClient { BaseAddress = new Uri(gateway, "/api/identity/") };
        var accounts = await stranger.GetFromJsonAsync<JsonElement[]>("demo-accounts");
        accounts!.Select(account => account.Text("role")).ShouldBe(
            ["operator", "foreman", "planner", "engineer", "quality", "warehouse", "maintenance", "personnel", "administrator"]);
        foreach (var account in accounts!)
        {
            var answer = await stranger.PostAsJsonAsync(
                "sign-in", new { userName = account.Text("userName"), password = account.Text("password") });
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            var me = await answer.Content.ReadFromJsonAsync<JsonElement>();
            me.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe([account.Text("role")]);
            me.Is("mustChangePassword").ShouldBeFalse();
        }
    }

    static async Task HasAPlant(MesApi api)
    {
        (await Count(api, "identity/people")).ShouldBe(27);
        (await Count(api, "identity/badges")).ShouldBe(26);
        (await Count(api, "equipment/units")).ShouldBe(12);
        (await Count(api, "equipment/work-centers")).ShouldBe(4);
        (await Count(api, "work-orders/products")).ShouldBe(8);
        (await Count(api, "work-orders/operators")).ShouldBeGreaterThanOrEqualTo(16);
        (await Count(api, "scheduling/resources")).ShouldBe(4);
        (await Count(api, "scheduling/calendars")).ShouldBeGreaterThanOrEqualTo(1);
        foreach (var kind in Numbering.All.GroupBy(rule => rule.Kind))
            (await Count(api, $"work-orders/numbering/{kind.Key}")).ShouldBe(kind.Count());
        var materials = (await api.All("inventory/stock", default)).Select(lot => lot.Text("material")).ToHashSet();
        materials.Count.ShouldBeGreaterThan(15);
        (await api.All("scheduling/plans", default)).ShouldContain(plan => plan.GetProperty("operations").GetInt32() > 50);
    }

    static async Task HasAWeek(MesApi api)
    {
        var orders = await api.All("work-orders/orders", default);
        orders.Count.ShouldBeGreaterThanOrEqualTo(40);
        orders.Select(order => order.Text("status")).Distinct().ShouldBe(
            ["Planned", "Released", "OnHold", "Completed", "ClosedShort", "Cancelled"], ignoreOrder: true);
        orders.ShouldContain(order => order.GetProperty("priority").GetInt32() >= 100 && order.Text("status") == "Released");
        (await api.All("inventory/demands", default)).ShouldContain(demand => demand.Number("missing") > 0);
        (await Count(api, "inventory/discrepancies?status=Open")).ShouldBeGreaterThan(0);
        (await Count(api, "work-orders/discrepancies?status=Open")).ShouldBeGreaterThan(0);
        (await Count(api, "quality/inspections?status=Accepted")).ShouldBeGreaterThan(80);
        (await Count(api, "quality/nonconformances?status=Closed")).ShouldBeGreaterThan(3);
        (await Count(api, "quality/nonconformances?status=Open")).ShouldBeGreaterThan(0);
        var stops = 0;
        foreach (var unit in Floor.Units) stops += await Count(api, $"equipment/units/{unit.Code}/downtimes?{LastDays(10)}");
        stops.ShouldBeGreaterThan(80);
        var oee = (await api.Get($"equipment/oee?{LastDays(7)}", default)).GetProperty("figures").GetProperty("oee");
        oee.Number("value").ShouldBeInRange(0.45m, 0.85m);
    }

    /// <summary>Everything that lives: pieces, inspections, orders.</summary>
    static async Task Lives(MesApi api)
    {
        var (reports, orders) = (await Reports(api), await Count(api, "work-orders/orders"));
        await Poll.Until(async () => await Count(api, "work-orders/work?status=Open") >= 5, Bound, "people work");
        await Poll.Until(async () => await Reports(api) > reports + 10, Bound, "machines report");
        var live = (await api.Get("equipment/live?size=100", default)).Items().ToList();
        live.ShouldContain(unit => unit.Text("state") == "Run" || unit.Text("state") == "Setup");
        await Poll.Until(async () => await Count(api, "work-orders/orders") > orders || orders > 44, Bound, "orders come");
        await Poll.Until(async () => (await api.All("work-orders/sign-ons", default)).Count >= 8, Bound, "people are there");
    }

    /// <summary>So much of the plant's day, at whose end what holds is checked.</summary>
    async Task Passes(StandaloneEdition edition)
    {
        await Task.Delay(TimeSpan.FromHours(Hours / Speed));
        output.WriteLine($"{Hours} hours of the plant at {Speed} times");
        edition.Said(StandaloneEdition.Mes).ShouldNotContain("Mes demo has stopped");
    }

    static async Task RefusesOtherData(StandaloneEdition edition)
    {
        using var folder = TestFolder.Create("other-data");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "authority.pfx"), "");
        var (exitCode, said) = await edition.StartSecondInstance(folder.Path);
        exitCode.ShouldBe(1);
        said.ShouldContain("not a demo's");
        Directory.EnumerateFileSystemEntries(folder.Path).Count().ShouldBe(1);
    }

    /// <summary>On the demo's data, not simulated: what is made again writes nothing.</summary>
    static async Task IsNotMadeTwice(MesApi api, StandaloneEdition edition)
    {
        var before = await Written(api);
        await new Generator(api, new Seed(DemoPlant.SeedNumber), edition.Gateway,
            DemoFolder.Find(edition.DataFolder)!.Kept.BegunAt, _ => { }).Make(default);
        (await Written(api)).ShouldBe(before);
    }

    /// <summary>How much commands of people and programs have written; planning and what follows from events goes on.</summary>
    static async Task<string> Written(MesApi api)
    {
        var counts = new List<string>();
        foreach (var list in new[]
        {
            "work-orders/orders", "work-orders/sign-ons", "erp/confirmations", "quality/inspections", "quality/nonconformances",
            "quality/plans", "inventory/stock", "equipment/units", "identity/people", "identity/badges",
            "identity/api-keys", "scheduling/resources",
        })
        {
            counts.Add($"{list} {await Count(api, list)}");
        }
        foreach (var service in new[] { "work-orders", "quality", "inventory", "equipment" })
        {
            var entries = await api.All($"{service}/audit", default);
            counts.Add($"{service} {entries.Count(entry => entry.Text("action").Contains("/api/"))}");
        }
        return string.Join('\n', counts);
    }

    static async Task<int> Reports(MesApi api) => await Count(api, "erp/confirmations");

    static async Task<int> Count(MesApi api, string path) => (await api.All(path, default)).Count;

    static string LastDays(int days)
    {
        var now = TimeProvider.System.GetUtcNow();
        return $"from={now.AddDays(-days):yyyy-MM-ddTHH:mm:ssZ}&to={now:yyyy-MM-ddTHH:mm:ssZ}";
    }
}
