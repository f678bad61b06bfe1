namespace Mes.Browser.Tests;

/// <summary>The addresses of the desk, with a record of the demo where one is shown.</summary>
static class Pages
{
    public static readonly string[] Lists =
    [
        "/", "/orders", "/numbering", "/discrepancies", "/handover", "/piece-work", "/genealogy", "/board", "/plans",
        "/runs", "/scenarios", "/planning-setup", "/inspections",
        "/nonconformances", "/holds", "/inspection-plans", "/stock", "/lots", "/demands", "/stock-discrepancies", "/materials",
        "/locations", "/floor", "/oee", "/units", "/calendars", "/reasons", "/products", "/routings", "/routings/new",
        "/operators", "/people", "/badges", "/access", "/exchange", "/parked", "/audit"
    ];

    /// <summary>A page of each kind of record.</summary>
    public static async Task<IReadOnlyList<string>> RecordsAsync(DemoPlant plant)
    {
        var order = await First("/api/work-orders/orders?status=Released&size=1");
        var lot = await First("/api/inventory/stock?size=1");
        var routing = await First("/api/work-orders/routings?size=1");
        return
        [
            $"/orders/{order("id")}", $"/orders/{order("id")}/traveller", $"/products/one?code={order("product")}",
            $"/lots/one?material={lot("material")}&lot={lot("lot")}",
            $"/lots/label?material={lot("material")}&lot={lot("lot")}",
            $"/routings/one?code={routing("code")}&revision={routing("revision")}",
            $"/routings/edit?code={routing("code")}&revision={routing("revision")}",
            $"/genealogy?material={order("product")}&lot={order("lot")}",
            $"/units/one?code={(await First("/api/equipment/units?size=1"))("code")}",
            $"/plans/{(await First("/api/scheduling/plans?size=1"))("id")}",
            $"/runs/{(await First("/api/scheduling/runs?size=1"))("id")}",
            $"/inspections/{(await First("/api/quality/inspections?size=1"))("id")}",
            $"/nonconformances/{(await First("/api/quality/nonconformances?size=1"))("id")}"
        ];

        async Task<Func<string, string>> First(string list)
        {
            var item = (await plant.GetAsync(list)).GetProperty("items")[0];
            return member => Uri.EscapeDataString(item.GetProperty(member).GetString()!);
        }
    }
}
