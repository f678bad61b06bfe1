using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Scenarios;

/// <summary>A scenario is promoted only when Equipment has the shifts in which it has planned work.</summary>
public sealed class BorrowedTimeTests : IAsyncLifetime
{
    static readonly DateOnly Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    readonly WorkOrderChanged _order = Given.Released("1");
    SchedulingHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await SchedulingHost.Start();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    string[] Units => [.. _order.Operations.SelectMany(operation => operation.Equipment).Distinct()];

    static CalendarChanged AllDay(long version, params IEnumerable<DateOnly> closed) =>
        Given.Calendar("all", version, "00:00", "24:00", closed: closed);

    static IEnumerable<DateOnly> Closed(int days) => Enumerable.Range(-1, days + 1).Select(Today.AddDays);

    /// <summary>A scenario in which days of a calendar are worked that were closed, with a plan of its own.</summary>
    async Task<Guid> Opening(string calendar, IEnumerable<DateOnly> days)
    {
        var id = (await _host.Service.Do("/api/scheduling/scenarios", new { name = "extra days" })).GetProperty("id").GetGuid();
        foreach (var day in days)
        {
            await _host.Service.Do($"/api/scheduling/scenarios/{id}/changes", new { kind = "OpenDay", calendar, day });
        }
        var run = (await _host.Service.Do($"/api/scheduling/scenarios/{id}/plan", null)).GetProperty("runId").GetGuid();
        (await _host.Ended(run)).GetProperty("status").GetString().ShouldBeOneOf("Done", "Unchanged");
        return id;
    }

    /// <summary>Promotes it as one who has seen the plan in force, whatever moved meanwhile.</summary>
    async Task<(HttpStatusCode Status, string? Code)> Promote(Guid id)
    {
        (HttpStatusCode Status, string? Code) end = default;
        await Poll.Until(async () =>
        {
            using var answer = await _host.Service.Send($"/api/scheduling/scenarios/{id}/promote",
                new { planVersion = (await _host.InForce()).GetProperty("version").GetInt64() });
            var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            end = (answer.StatusCode, body.TryGetProperty("code", out var code) ? code.GetString() : null);
            return end.Status != HttpStatusCode.Conflict;
        }, SchedulingHost.Bound, "nothing moves meanwhile");
        return end;
    }

    async Task<DateOnly> FirstDay() => (await _host.Lines(await _host.InForce()))
        .Min(line => DateOnly.FromDateTime(line.GetProperty("setupStartsAt").GetDateTimeOffset().UtcDateTime));

    [Fact]
    public async Task A_shift_of_a_scenario_is_promoted_only_when_Equipment_has_it()
    {
        await _host.Tell(AllDay(1, Closed(5)), Units);
        await _host.Take(_order);
        await _host.Plan();
        var id = await Opening("all", Closed(5));
        (await Promote(id)).ShouldBe((HttpStatusCode.UnprocessableEntity, "shift-not-found"));

        await _host.Tell(AllDay(2));
        (await Promote(id)).ShouldBe((HttpStatusCode.OK, null));
        (await FirstDay()).ShouldBeLessThan(Today.AddDays(2));
    }

    [Fact]
    public async Task A_holiday_that_comes_later_is_not_borrowed()
    {
        var extra = Today.AddDays(30);
        await _host.Tell(AllDay(1, extra), Units);
        await _host.Take(_order);
        var before = await _host.Plan();
        var id = await Opening("all", [extra]);
        await _host.Tell(AllDay(2, [.. Closed(5), extra]));
        await _host.NextAfter(before);
        (await Promote(id)).ShouldBe((HttpStatusCode.OK, null));
        (await FirstDay()).ShouldBe(Today.AddDays(5));
    }

    [Fact]
    public async Task The_time_of_operators_is_borrowed_like_that_of_equipment()
    {
        await _host.Tell(AllDay(1), Units);
        await _host.Tell(AllDay(1, Closed(5)) with { Code = "people" });
        await _host.Service.Define("/api/scheduling/resources",
            new { code = "welders", name = "Welders", capacity = 1, calendar = "people" });
        await _host.Take(_order with { Operations = [_order.Operations[0] with { Resources = [new ResourceNeed("welders")] }] });
        await _host.Plan();
        var id = await Opening("people", Closed(5));
        (await Promote(id)).ShouldBe((HttpStatusCode.UnprocessableEntity, "shift-not-found"));
    }
}
