using System.Text.Json.Nodes;

namespace Mes.EndToEnd.Tests;

/// <summary>
/// When a plant works is entered once, in Equipment. The plan in force in Scheduling, and with it the terminals' dispatch
/// lists, stand on it within a minute, though nobody asks for a plan.
/// </summary>
sealed class CalendarFlow
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    readonly Api _api;
    readonly Shop _shop;
    readonly string _calendar = $"CAL-{Guid.NewGuid():n}";
    readonly DateOnly _today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public CalendarFlow(Api api) => (_api, _shop) = (api, new Shop(api));

    public async Task Run()
    {
        await Define(_calendar, closedDays: 0);
        await _shop.Define();
        foreach (var unit in new[] { _shop.Sawing, _shop.Milling }) await GoBy(unit, _calendar);
        await _shop.ReceiveMaterial(20);
        await _shop.TakeOrder();
        await _shop.PlanUntil(async () => (await Steps()).Count == 2);
        (await FirstStart()).ShouldBeLessThan(Day(2));

        await Define(_calendar, closedDays: 4);
        await Poll.Until(async () => await FirstStart() >= Day(4), Bound, "nothing is planned in the holidays");
        await Poll.Until(async () => (await _shop.Card(_shop.Sawing)) is { } card && Time(card, "plannedStartAt") >= Day(4),
            Bound, "the dispatch list says so");

        await Define($"{_calendar}-later", closedDays: 6);
        foreach (var unit in new[] { _shop.Sawing, _shop.Milling }) await GoBy(unit, $"{_calendar}-later");
        await Poll.Until(async () => await FirstStart() >= Day(6), Bound, "nothing is planned before the later calendar opens");
    }

    Task Define(string code, int closedDays) => _api.Put($"equipment/calendars/{code}", new
    {
        zone = "UTC",
        patterns = new[]
        {
            new { validFrom = "2020-01-01", cycle = new[] { new[] { new { code = "day", start = "00:00", end = "24:00" } } } }
        },
        // from yesterday on: what begins on a date may last into the next
        exceptions = Enumerable.Range(-1, closedDays == 0 ? 0 : closedDays + 1)
            .Select(day => new { date = _today.AddDays(day), shifts = Array.Empty<object>() })
    });

    Task GoBy(string unit, string calendar) => _api.Put($"equipment/units/{unit}",
        new { name = unit, workCenter = "cutting", kind = "Production", calendar });

    /// <summary>When the first setup of the order begins by the plan in force.</summary>
    async Task<DateTimeOffset> FirstStart() => (await Steps()).Min(step => Time(step, "setupStartsAt"));

    async Task<IReadOnlyList<JsonNode>> Steps()
    {
        var plan = (await _api.Get("scheduling/plans?size=1")).Items().SingleOrDefault();
        return plan is null ? []
            : (await _api.Get($"scheduling/plans/{plan.Id()}/operations?order={_shop.Order}&size=100")).Items();
    }

    DateTimeOffset Day(int days) => new(_today.AddDays(days), TimeOnly.MinValue, TimeSpan.Zero);

    static DateTimeOffset Time(JsonNode node, string name) => node[name]!.GetValue<DateTimeOffset>();
}
