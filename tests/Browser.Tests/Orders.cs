namespace Mes.Browser.Tests;

/// <summary>
/// Orders of a test's own, and the units at which they are done: what the demo has is worked on and stopped by its people,
/// and taken by other tests.
/// </summary>
static class Orders
{
    const string Api = "/api/work-orders";

    /// <summary>The one step of those that nobody works on: at a lathe.</summary>
    public static readonly object[] Turn = StepAt("T-101");

    /// <summary>Last in lists, where the demo's own come first.</summary>
    public static string NewCode() => $"Z{Guid.NewGuid():N}"[..8].ToUpperInvariant();

    /// <summary>A routing of one step, at a unit.</summary>
    public static object[] StepAt(string unit) =>
        [new { code = "turn", equipment = new[] { unit }, runSecondsPerUnit = 60, isReceipt = true }];

    /// <summary>A unit in a work center of its own, at which the demo does nothing.</summary>
    public static Task UnitAsync(this DemoPlant plant, string code) => plant.PutAsync($"/api/equipment/units/{code}",
        new { name = "Bench", workCenter = $"{code}-C", kind = "Production" });

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
