using System.Net;
using System.Text.Json;
using Mes.Contracts;

namespace Mes.WorkOrders.Tests.Features;

/// <summary>The trail of one record: what is asked for by <c>record</c>, <c>actor</c> and <c>action</c>.</summary>
public sealed class RecordTrailTests(Plant plant) : IClassFixture<Plant>
{
    const string Hold = "POST /api/work-orders/orders/{id:guid}/hold";

    [Fact]
    public async Task Of_an_order_its_own_entries_alone_the_newest_first()
    {
        var (order, other) = (await plant.Release(), await plant.Release());
        await Do(other, "hold", "another's");
        await Do(order, "hold", "no steel");
        await Do(order, "resume", "steel is here");

        var entries = await Entries($"work_order:{order.Id}");
        Actions(entries).ShouldBe(["POST /api/work-orders/orders/{id:guid}/resume", Hold, "PUT /api/erp/orders/{order}"]);
        entries.Select(Reason).ShouldBe(["steel is here", "no steel", null]);
    }

    [Fact]
    public async Task Of_several_records_and_by_pages()
    {
        var (order, other) = (await plant.Release(), await plant.Release());
        await Do(other, "hold", "another's");
        await Do(order, "hold", "no steel");
        string[] records = [$"work_order:{order.Id}", $"work_order:{other.Id}", $"operation:{order.Turn}", "operation:none"];

        (await Entries(records)).Select(Reason).ShouldBe(["no steel", "another's", null, null]);
        var first = await plant.Service.Get($"{Address(records)}&size=1");
        Reason(first.GetProperty("items")[0]).ShouldBe("no steel");
        var next = await plant.Service.Get($"{Address(records)}&size=1&after={first.GetProperty("next").GetString()}");
        Reason(next.GetProperty("items")[0]).ShouldBe("another's");
    }

    [Fact]
    public async Task Of_a_record_whose_key_has_several_columns_and_odd_characters()
    {
        const string code = "R,\"{1}'%_\\ 水 \U0001F600:?&+";
        var steps = new object[] { new { code = "turn", equipment = new[] { "m1" }, isReceipt = true } };
        foreach (var revision in new[] { "1", "2" })
        {
            await plant.Service.Do($"/api/work-orders/routings/{Uri.EscapeDataString(code)}/{revision}",
                new { product = "P", steps }, method: HttpMethod.Put);
        }
        var key = JsonSerializer.Serialize(new { Code = code, Revision = "2" });      // escaped otherwise than in the trail

        Actions(await Entries($"routing:{key}")).ShouldBe(["PUT /api/work-orders/routings/{code}/{revision}"]);
        Actions(await Entries($$"""routing:{ "Code": {{JsonSerializer.Serialize(code)}}, "Revision": "2" }""")).Count.ShouldBe(1);
        (await Entries($"operation:{key}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_record_whose_key_was_joined_by_a_comma_as_before()
    {
        await plant.Service.Query<long>("""
            WITH entry AS (
                INSERT INTO audit (id, actor_kind, actor_id, actor_name, action, changes)
                VALUES (gen_random_uuid(), 'user', '1', 'x', 'before', '[{"table":"routing","key":"OLD,1","old":null,"new":{}}]')
                RETURNING 1)
            SELECT count(*) FROM entry
            """);
        Actions(await Entries("""routing:{"Code":"OLD","Revision":"1"}""")).ShouldBe(["before"]);
    }

    [Fact]
    public async Task Of_changes_made_in_SQL()
    {
        var order = await plant.Release();
        var hold = new QualityHoldChanged(Guid.NewGuid(), 1, true, order.Id, order.Pack, "P", order.Number, "crack");
        await plant.Service.Deliver("workorders-heed-hold", hold);

        var key = JsonSerializer.Serialize(new { hold.HoldId, OperationId = order.Pack });
        Actions(await Entries($"quality_hold:{key}")).ShouldBe(["QualityHoldChanged"]);
        Actions(await Entries("operator:O")).ShouldContain("PersonChanged");
    }

    [Fact]
    public async Task Of_a_record_among_hundreds_of_one_entry()
    {
        await plant.Service.Query<long>("""
            WITH entry AS (
                INSERT INTO audit (id, actor_kind, actor_id, actor_name, action, changes)
                SELECT gen_random_uuid(), 'user', '1', 'x', 'many',
                    jsonb_agg(jsonb_build_object('table', 'thing', 'key', 'T' || n, 'old', null, 'new', '{}'::jsonb))
                FROM generate_series(1, 700) n RETURNING 1)
            SELECT count(*) FROM entry
            """);
        Actions(await Entries("thing:T700")).ShouldBe(["many"]);
        (await Entries("thing:T701")).ShouldBeEmpty();
        (await Entries([.. Enumerable.Range(501, 200).Select(n => $"thing:T{n}")])).Count.ShouldBe(1);
    }

    [Fact]
    public async Task By_who_made_it_and_by_what()
    {
        var order = await plant.Release();
        await Do(order, "hold", "no steel");

        (await Asked($"record=work_order:{order.Id}&actor=eSTe")).Count.ShouldBe(2);
        (await Asked($"record=work_order:{order.Id}&actor=e%25e")).ShouldBeEmpty();
        Actions(await Asked($"record=work_order:{order.Id}&action={Escaped("POST /api/work-orders/orders/{id}/hold")}"))
            .ShouldBe([Hold]);
        (await Asked($"record=work_order:{order.Id}&action={Escaped("POST /api/work-orders/orders")}")).ShouldBeEmpty();
        var report = order.Report(1, 8);
        await plant.Service.Do($"/api/work-orders/operations/{order.Turn}/reports", report);
        var reports = $"action={Escaped("POST /api/work-orders/operations/{id}/reports")}";
        (await Asked($"record=work_order:{order.Id}&{reports}")).Count.ShouldBe(1);
        (await Asked($"action={Escaped(Hold)}&from=2020-01-01T00:00:00Z")).Count.ShouldBeGreaterThan(0);
        (await Asked($"actor=tester&to=2020-01-01T00:00:00Z")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("work_order")]
    [InlineData("work_order:")]
    [InlineData(":1")]
    [InlineData("")]
    [InlineData("Work-Order:1")]
    [InlineData("work_order:\0")]
    public async Task A_record_that_is_none_is_refused(string record)
    {
        using var answer = await plant.Service.Http.GetAsync(Address([record]));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("thing:{\"Code\":\"\\ud800\"}", 200)]
    [InlineData("thing:{", 200)]
    [InlineData("thing:{\"A\":1,\"A\":2}", 200)]
    [InlineData("thing:{}", 200)]
    [InlineData("thing:{x}", 200)]
    public async Task A_key_may_look_like_an_object_and_be_none(string record, int status)
    {
        using var answer = await plant.Service.Http.GetAsync(Address([record]));
        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task More_than_200_records_and_keys_that_are_too_long_are_refused()
    {
        using var many = await plant.Service.Http.GetAsync(Address([.. Enumerable.Range(1, 201).Select(n => $"x:{n}")]));
        many.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var some = await plant.Service.Http.GetAsync(Address([.. Enumerable.Range(1, 200).Select(n => $"x:{n}")]));
        some.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var tooLong = await plant.Service.Http.GetAsync(Address(["x:" + new string('1', 1001)]));
        tooLong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    Task Do(Plant.Order order, string verb, string reason) =>
        plant.Service.Do($"/api/work-orders/orders/{order.Id}/{verb}", new { reason });

    Task<List<JsonElement>> Entries(params string[] records) => Asked(Address(records).Split('?')[1]);

    async Task<List<JsonElement>> Asked(string query) =>
        [.. (await plant.Service.Get($"/api/work-orders/audit?{query}")).GetProperty("items").EnumerateArray()];

    static string Address(string[] records) =>
        $"/api/work-orders/audit?{string.Join('&', records.Select(record => $"record={Escaped(record)}"))}";

    static string Escaped(string text) => Uri.EscapeDataString(text);

    static string? Reason(JsonElement entry) => entry.GetProperty("reason").GetString();

    static List<string?> Actions(IEnumerable<JsonElement> entries) =>
        [.. entries.Select(entry => entry.GetProperty("action").GetString())];
}
