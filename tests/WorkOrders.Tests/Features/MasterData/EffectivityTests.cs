using System.Net;
using System.Text.Json;

namespace Mes.WorkOrders.Tests.Features.MasterData;

/// <summary>Revisions are effective from and to a time, and orders follow what is effective when they may begin.</summary>
public sealed class EffectivityTests(Plant plant) : IClassFixture<Plant>
{
    [Fact]
    public async Task An_order_without_a_revision_follows_the_newest_that_is_effective_at_its_release()
    {
        await Define("E", "1");
        await Define("E", "2", "2030-03-01T00:00:00Z");
        (await Make("E")).ShouldBe((HttpStatusCode.OK, "1"));
        (await Make("E", releaseAt: "2030-02-28T23:59:59Z")).ShouldBe((HttpStatusCode.OK, "1"));
        (await Make("E", releaseAt: "2030-03-01T01:00:00+01:00")).ShouldBe((HttpStatusCode.OK, "2"));
    }

    [Fact]
    public async Task No_revision_in_force_is_refused_with_the_nearest()
    {
        await Define("L", "1", "2030-03-01T00:00:00Z");
        (await Make("L")).ShouldBe((HttpStatusCode.UnprocessableEntity, "no-effective-revision"));
        (await Make("L", "1")).ShouldBe((HttpStatusCode.UnprocessableEntity, "revision-not-effective"));
        (await Make("L", "2")).ShouldBe((HttpStatusCode.UnprocessableEntity, "routing-not-found"));
        (await Change("L", "1", from: "2020-01-01T00:00:00Z")).ShouldBe(HttpStatusCode.OK);
        (await Make("L", "1")).ShouldBe((HttpStatusCode.OK, "1"));
    }

    [Fact]
    public async Task The_dates_change_and_the_content_does_not()
    {
        var defined = await Define("C", "1");
        defined.GetProperty("effectiveFrom").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Change("C", "1", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z")).ShouldBe(HttpStatusCode.OK);
        var shown = await plant.Service.Get("/api/work-orders/routings/C/1");
        shown.GetProperty("effectiveTo").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (await Make("C", "1")).ShouldBe((HttpStatusCode.UnprocessableEntity, "revision-not-effective"));
        (await Define("C", "1")).GetProperty("effectiveTo").ToString().ShouldBe(shown.GetProperty("effectiveTo").ToString());
        (await Define("C", "1", "2020-01-01T00:00:00Z")).ToString().ShouldBe(shown.ToString());
        using var other = await plant.Service.Send("/api/work-orders/routings/C/1", Content("2020-01-02T00:00:00Z"),
            method: HttpMethod.Put);
        other.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("C", "none", null, null, HttpStatusCode.NotFound)]
    [InlineData("B", "1", "2021-01-01T00:00:00Z", "2021-01-01T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("B", "1", "2021-01-01T00:00:00Z", "2020-01-01T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("B", "1", "2021-01-01T00:00:00.0000001Z", "2021-01-01T00:00:00.0000005Z", HttpStatusCode.BadRequest)]
    [InlineData("B", "1", null, "9999-12-31T23:59:59Z", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_is_refused(string code, string revision, string? from, string? to, HttpStatusCode status)
    {
        await Define("B", "1");
        (await Change(code, revision, from, to)).ShouldBe(status);
    }

    [Fact]
    public async Task An_order_that_was_taken_keeps_its_revision_when_it_is_sent_again()
    {
        await Define("K", "1");
        var order = new { routing = "K", quantity = 1 };
        const string Address = "/api/erp/orders/keeps";
        using var first = await plant.Service.Send(Address, order, method: HttpMethod.Put);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Change("K", "1", null, "2020-01-01T00:00:00Z");
        using var again = await plant.Service.Send(Address, order, method: HttpMethod.Put);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_order_whose_earliest_start_has_passed_begins_now_and_a_copy_follows_only_what_may_be_followed()
    {
        await Define("N", "1");
        await Define("N", "2", "2026-01-01T00:00:00Z");
        await Change("N", "1", null, "2026-01-01T00:00:00Z");
        (await Make("N", releaseAt: "2025-12-01T00:00:00Z")).ShouldBe((HttpStatusCode.OK, "2"));
        (await Current()).ShouldBe([false, true]);

        var id = await plant.Service.Query<Guid>("SELECT id FROM work_order WHERE routing_code = 'N' LIMIT 1");
        await plant.Service.Do($"/api/work-orders/orders/{id}/copy", new { order = "N-copy" });
        await Change("N", "2", null, "2026-02-01T00:00:00Z");
        using var refused = await plant.Service.Send($"/api/work-orders/orders/{id}/copy", new { order = "N-late" });
        (await refused.Content.ReadAsStringAsync()).ShouldContain("revision-not-effective");
        (await Current()).ShouldBe([false, false]);

        async Task<bool[]> Current() => [.. (await plant.Service.Get("/api/work-orders/routings?code=N")).GetProperty("items")
            .EnumerateArray().Select(routing => routing.GetProperty("isCurrent").GetBoolean())];
    }

    [Fact]
    public async Task Routings_are_found_by_what_they_name()
    {
        await Define("F1", "1", "2020-01-01T00:00:00Z");
        await Define("F2", "1", "2030-01-01T00:00:00Z");
        await plant.Service.Define("/api/work-orders/routings", new
        {
            code = "F3", revision = "1", product = "P",
            steps = new object[]
            {
                new
                {
                    code = "a", equipment = new[] { "m1", "f'3" }, isReceipt = true,
                    planning = new { resources = new object[] { new { resource = "crane", quantity = 2 } } }
                }
            },
            components = new object[] { new { material = "C\"3", quantityPerUnit = 2, unit = "kg", step = "a" } }
        });
        (await Found("material=C%223")).ShouldBe(["F3"]);
        (await Found("equipment=f%273&product=P")).ShouldBe(["F3"]);
        (await Found("resource=crane&material=C%223")).ShouldBe(["F3"]);
        (await Found("resource=crane&material=none")).ShouldBe([]);
        (await Found("material=C%223&product=none")).ShouldBe([]);
        (await Found("search=F&effectiveAt=2025-01-01T00:00:00Z")).ShouldBe(["F1", "F3"]);
        (await Found("search=F&effectiveAt=2030-01-01T01:00:00%2B01:00")).ShouldBe(["F1", "F2", "F3"]);
    }

    [Fact]
    public async Task A_component_names_a_step_of_the_routing_and_the_order_keeps_it()
    {
        async Task<HttpStatusCode> Put(string step)
        {
            using var answer = await plant.Service.Send("/api/work-orders/routings/S/1", new
            {
                product = "P", steps = new object[] { new { code = "a", equipment = new[] { "m1" }, isReceipt = true } },
                components = new object[] { new { material = "C", quantityPerUnit = 2, unit = "kg", step } }
            }, method: HttpMethod.Put);
            return answer.StatusCode;
        }
        (await Put("b")).ShouldBe(HttpStatusCode.BadRequest);
        (await Put("a")).ShouldBe(HttpStatusCode.OK);
        (await Make("S")).ShouldBe((HttpStatusCode.OK, "1"));
        (await plant.Service.Query<string>("SELECT components -> 0 ->> 'step' FROM work_order WHERE routing_code = 'S'"))
            .ShouldBe("a");
    }

    static object Content(string? from) => new
    {
        product = "P", effectiveFrom = from,
        steps = new object[] { new { code = "a", equipment = new[] { "m1" }, isReceipt = true } }
    };

    async Task<JsonElement> Define(string code, string revision, string? from = null)
    {
        using var answer = await plant.Service.Send($"/api/work-orders/routings/{code}/{revision}", Content(from),
            method: HttpMethod.Put);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    async Task<HttpStatusCode> Change(string code, string revision, string? from = null, string? to = null)
    {
        using var answer = await plant.Service.Send($"/api/work-orders/routings/{code}/{revision}/effectivity",
            new { effectiveFrom = from, effectiveTo = to }, method: HttpMethod.Put);
        return answer.StatusCode;
    }

    /// <summary>What came of the wish for an order: the revision it follows, or the code of the refusal.</summary>
    async Task<(HttpStatusCode Status, string What)> Make(string routing, string? revision = null, string? releaseAt = null)
    {
        using var answer = await plant.Service.Send("/api/work-orders/orders",
            new { order = Guid.NewGuid().ToString("N"), routing, revision, quantity = 1, releaseAt });
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return (answer.StatusCode, body.GetProperty(answer.IsSuccessStatusCode ? "revision" : "code").GetString()!);
    }

    async Task<string[]> Found(string query) =>
        [.. (await plant.Service.Get($"/api/work-orders/routings?{query}")).GetProperty("items").EnumerateArray()
            .Select(routing => routing.GetProperty("code").GetString()!)];
}
