using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Mes.Tests.Editions;

namespace Mes.Browser.Tests;

/// <summary>
/// An installation of its own with a plan of 10,000 operations: 1,000 orders of ten operations on 200 units, each with an
/// alternative beside it. Made through the public API.
/// </summary>
sealed class LargePlan : IAsyncDisposable
{
    public const int Units = 200;
    public const int Orders = 1_000;
    public const int Operations = 10;
    const int CenterUnits = 10;
    const int Routings = 50;
    const int AtOnce = 4;
    static readonly TimeSpan PlanBound = TimeSpan.FromMinutes(3);

    readonly StandaloneEdition _edition;

    LargePlan(StandaloneEdition edition) => _edition = edition;

    public Uri Address => _edition.Gateway;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<LargePlan> Make()
    {
        var plan = new LargePlan(await StandaloneEdition.Start());
        try
        {
            await plan.Fill();
            return plan;
        }
        catch
        {
            await plan.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await _edition.DisposeAsync();
    }

    async Task Fill()
    {
        Http = new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { { "X-Api-Key", await _edition.ApiKey() } } };
        await Send(HttpMethod.Put, "/api/scheduling/settings",
            new { fullSeconds = 1, incrementalSeconds = 1, repairSeconds = 1 });
        await Each(Units / CenterUnits, center => Send(HttpMethod.Put, $"/api/equipment/work-centers/{Center(center)}",
            new { name = Center(center), area = "Hall", site = "Plant" }));
        await Each(Units, unit => Send(HttpMethod.Put, $"/api/equipment/units/{Unit(unit)}",
            new { name = "Machine", workCenter = Center(unit / CenterUnits), kind = "Production" }));
        await Each(Routings, Define);
        await Each(Orders, Order);
        await Poll.Until(async () => await Plan() == Orders * Operations, PlanBound, "all operations are planned");
    }

    async Task Define(int routing)
    {
        var product = $"P-{routing:00}";
        await Send(HttpMethod.Put, $"/api/work-orders/products/{product}", new { name = "Part", unit = "pcs" });
        await Send(HttpMethod.Put, $"/api/work-orders/routings/{product}/1", new
        {
            product,
            steps = Enumerable.Range(0, Operations).Select(step => new
            {
                code = $"OP{step + 1}0", setupSeconds = 300, runSecondsPerUnit = 60, isReceipt = step == Operations - 1,
                equipment = new[] { Unit(UnitOf(routing, step)), Unit(UnitOf(routing, step, beside: 1)) }
            })
        });
    }

    async Task Order(int number)
    {
        var order = await Send(HttpMethod.Post, "/api/work-orders/orders", new
        {
            order = $"WO-{number:0000}", routing = $"P-{number % Routings:00}", quantity = 50,
            dueAt = TimeProvider.System.GetUtcNow().AddHours(12 + (number / 10))
        });
        await Send(HttpMethod.Post, $"/api/work-orders/orders/{order.GetProperty("id").GetString()}/release", new { });
    }

    static int UnitOf(int routing, int step, int beside = 0) =>
        (((step * 2) + (routing % 2)) * CenterUnits) + (((routing / 2) + beside) % CenterUnits);

    static string Unit(int unit) => string.Create(CultureInfo.InvariantCulture, $"M-{unit:000}");

    static string Center(int center) => string.Create(CultureInfo.InvariantCulture, $"WC-{center:00}");

    /// <summary>Asks for a plan and waits for it; how many operations it has.</summary>
    async Task<int> Plan()
    {
        await PlanningRuns.Over(Http, await Send(HttpMethod.Post, "/api/scheduling/plans", new { mode = "Incremental" }));
        var plans = await Http.GetFromJsonAsync<JsonElement>("/api/scheduling/plans?size=1");
        return plans.GetProperty("items").EnumerateArray().Select(plan => plan.GetProperty("operations").GetInt32())
            .FirstOrDefault();
    }

    static Task Each(int count, Func<int, Task> make) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) => await make(n));

    async Task<JsonElement> Send(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return text.Length > 0 ? JsonDocument.Parse(text).RootElement : default;
    }
}
