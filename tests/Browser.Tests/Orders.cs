namespace Mes.Browser.Tests;

/// <summary>Orders of a test's own: what the demo has is worked on by its people, and taken by other tests.</summary>
static class Orders
{
    const string Api = "/api/work-orders";

    /// <summary>The one step of most of them, at the lathes.</summary>
    public static readonly object[] Turn =
        [new { code = "turn", equipment = new[] { "T-101", "T-102", "T-103" }, runSecondsPerUnit = 60, isReceipt = true }];

    /// <summary>Last in lists, where the demo's own come first.</summary>
    public static string NewCode() => $"Z{Guid.NewGuid():N}"[..8].ToUpperInvariant();

    /// <summary>A product counted in pieces and revision 1 of its routing, all of one code.</summary>
    public static async Task DefineAsync(this DemoPlant plant, string code, object[] steps, object[]? components = null,
        object? policies = null)
    {
        await plant.PutAsync($"{Api}/products/{code}", new { name = "Bush", unit = "pcs" });
        await plant.PutAsync($"{Api}/routings/{code}/1", new { product = code, steps, components, policies });
    }

    /// <summary>An order for that product, of the same code, which waits for its release; gives its id.</summary>
    public static async Task<string> OrderAsync(this DemoPlant plant, string code, int quantity, object? releaseAt = null,
        object? dueAt = null)
    {
        var order = await plant.PostAsync($"{Api}/orders",
            new { order = code, routing = code, quantity, priority = 100, releaseAt, dueAt });
        return order.GetProperty("id").GetString()!;
    }

    /// <summary>The same, released: its cards stand at the terminals; gives its id.</summary>
    public static async Task<string> ReleasedAsync(this DemoPlant plant, string code, int quantity, object? releaseAt = null,
        object? dueAt = null)
    {
        var id = await plant.OrderAsync(code, quantity, releaseAt, dueAt);
        await plant.PostAsync($"{Api}/orders/{id}/release", new { });
        return id;
    }
}
