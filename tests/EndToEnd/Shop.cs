using System.Net;
using System.Text.Json.Nodes;

namespace Mes.EndToEnd.Tests;

/// <summary>
/// A shop of its own in an installation: one product, sawn and then milled from one material, with a first-article
/// inspection after sawing. All codes carry a suffix, so that an installation may hold many of them.
/// </summary>
sealed class Shop(Api api)
{
    public const string Saw = "saw";
    public const string Mill = "mill";
    public const string Unit = "pcs";

    static readonly TimeSpan PlanBound = TimeSpan.FromMinutes(5);

    readonly string _suffix = Guid.NewGuid().ToString("n")[..8];

    public string Product => $"BRACKET-{_suffix}";
    public string Material => $"BAR-{_suffix}";
    public string Lot => $"LOT-{_suffix}";
    public string Order => $"ORDER-{_suffix}";
    public string Sawing => $"SAW-{_suffix}";
    public string Milling => $"MILL-{_suffix}";
    public string Operator => $"OP-{_suffix}";

    public async Task Define()
    {
        await api.Define("work-orders/products", new { code = Product, name = "Bracket", unit = Unit });
        await api.Put($"inventory/materials/{Material}", new { name = "Bar", unit = Unit });
        foreach (var unit in new[] { Sawing, Milling })
        {
            await api.Put($"equipment/units/{unit}", new { name = unit, workCenter = "cutting", kind = "Production" });
        }
        await api.Put($"identity/people/{Operator}", new { name = "Operator", roles = new[] { "operator" } });
        await Poll.Until(CanSawAndMill, TimeSpan.FromMinutes(5), "the person is an operator");
        await DefineInspection();
        await DefineRouting();
    }

    async Task<bool> CanSawAndMill() => (await api.Send(HttpMethod.Put, $"work-orders/operators/{Operator}/skills",
        new { skills = new[] { Sawing, Milling } })).Status == HttpStatusCode.OK;

    /// <summary>Ten brackets, two bars each, released.</summary>
    public Task TakeOrder() => api.Define("erp/orders", new { number = Order, routing = Product, quantity = 10, release = true });

    /// <summary>
    /// Has plans made until one has what is waited for: a plan holds what Scheduling knew of when it was made. The next is
    /// asked for when the last has ended, which takes its time where other suites run.
    /// </summary>
    public Task PlanUntil(Func<Task<bool>> holds) => Poll.Until(async () =>
    {
        var run = (await api.Post("scheduling/plans", new { mode = "Full" }))!.Id("runId");
        await Poll.Until(async () => (await api.Get($"scheduling/runs/{run}"))["attempts"]![0]!.Text("status")
            is not ("Waiting" or "Running"), PlanBound, "the run ends");
        await Poll.Until(holds, TimeSpan.FromSeconds(5), "the plan has it");
        return true;
    }, PlanBound, "a plan has it");

    public Task ReceiveMaterial(decimal quantity) => api.Post("inventory/receipts",
        new { material = Material, quantity, unit = Unit, location = "RECEIVING", lot = Lot });

    public async Task<Guid> SignOn(DateTimeOffset at) =>
        (await api.Post("work-orders/sign-ons", new { @operator = Operator, station = "cutting", at }))!.Id();

    /// <summary>The card of this shop's order on an equipment unit's dispatch list, or null.</summary>
    public async Task<JsonNode?> Card(string equipment) =>
        (await api.Get($"work-orders/dispatch?equipment={equipment}")).Items()
            .SingleOrDefault(card => card.Text("order") == Order);

    public async Task<JsonNode> Demand() => (await api.Get($"inventory/demands?order={Order}")).Items().Single();

    public async Task<decimal> OnHand(string material) =>
        (await api.Get($"inventory/stock?material={material}")).Items().Sum(item => item.Number("onHand"));

    public async Task<JsonNode> Summary(string equipment) =>
        (await api.Get("equipment/summary?size=1000")).Items().Single(unit => unit.Text("equipment") == equipment);

    /// <summary>The feed's confirmations of this shop's order, read from its beginning.</summary>
    public async Task<IReadOnlyList<JsonNode>> Confirmations()
    {
        const int PageItems = 1000;
        var all = new List<JsonNode>();
        for (string? after = null; ;)
        {
            var page = await api.Get($"erp/confirmations?size={PageItems}" + (after is null ? "" : "&after=" + after));
            all.AddRange(page.Items());
            after = (string?)page["next"];
            if (after is null) break;
        }
        return [.. all.Where(item => item.Text("order") == Order)];
    }

    Task DefineInspection() => DefineInspection("FIRST", "FirstArticle", Saw);

    /// <summary>The first milled pieces are inspected as well.</summary>
    public Task DefineFinalInspection() => DefineInspection("FINAL", "Final", Mill);

    Task DefineInspection(string code, string kind, string operation) => api.Put($"quality/plans/{code}-{_suffix}", new
    {
        basedOn = 0,
        definition = new
        {
            name = $"{kind} bracket", kind, trigger = "FirstReport", holdsLot = true, product = Product, operation,
            sampling = new { rule = "Fixed", size = 1 },
            characteristics = new[]
            {
                new { code = "length", name = "Length", type = "Variable", unit = "mm", lowerLimit = 99.5, upperLimit = 100.5 }
            }
        }
    });

    Task DefineRouting() => api.Define("work-orders/routings", new
    {
        code = Product, revision = "A", product = Product,
        steps = new[]
        {
            new { code = Saw, equipment = new[] { Sawing }, setupSeconds = 600, runSecondsPerUnit = 180, isReceipt = false },
            new { code = Mill, equipment = new[] { Milling }, setupSeconds = 0, runSecondsPerUnit = 60, isReceipt = true }
        },
        components = new[] { new { material = Material, quantityPerUnit = 2, unit = Unit } }
    });
}
