using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Board;

/// <summary>What the plan board reads, over HTTP.</summary>
public sealed class BoardTests : IAsyncLifetime
{
    static readonly DateTimeOffset Due = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    SchedulingHost _host = null!;
    WorkOrderChanged _first = null!;
    WorkOrderChanged _second = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        (_first, _second) = (Given.Released("1", dueAt: Due), Given.Released("2", dueAt: Due));
        await _host.Take([_first, _second]);
        await _host.Plan();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    Task<JsonElement> Get(string path) => _host.Service.Get($"/api/scheduling/{path}");

    async Task<(string Path, List<JsonElement> Lines)> Plan()
    {
        var plan = await _host.InForce();
        return ($"plans/{plan.GetProperty("id").GetGuid()}", await _host.Lines(plan));
    }

    static DateTimeOffset Time(JsonElement line, string member) => line.GetProperty(member).GetDateTimeOffset();

    [Fact]
    public async Task Equipment_is_shown_with_its_work_center_open_time_and_whether_it_is_down()
    {
        await _host.Tell(Given.Calendar("day", 1, "08:00", "16:00"), "m1");
        var until = TimeProvider.System.GetUtcNow().AddHours(3);
        await _host.Service.Deliver("scheduling-heed-downtime",
            new EquipmentAvailabilityChanged("m2", 1, true, TimeProvider.System.GetUtcNow(), "broken", until));

        var board = await Get("board?from=2026-03-02T00:00:00Z&to=2026-03-04T12:00:00Z");

        var rows = board.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("equipment").GetString()!);
        rows.Keys.ShouldBe(["m1", "m2", "m3", "spare"], ignoreOrder: true);
        (rows["m1"].GetProperty("workCenter").GetString(), rows["m1"].GetProperty("calendar").GetString()).ShouldBe(("C", "day"));
        (rows["m1"].GetProperty("isDown").GetBoolean(), rows["m2"].GetProperty("isDown").GetBoolean()).ShouldBe((false, true));
        Time(rows["m2"], "downUntil").ShouldBe(until, TimeSpan.FromSeconds(1));
        rows["m3"].GetProperty("calendar").ValueKind.ShouldBe(JsonValueKind.Null);
        board.GetProperty("calendars").EnumerateArray().Single().GetProperty("open").EnumerateArray()
            .Select(open => (Time(open, "from"), Time(open, "to"))).ShouldBe([
                (Given.Monday.AddHours(8), Given.Monday.AddHours(16)), (Given.Monday.AddHours(32), Given.Monday.AddHours(40)),
                (Given.Monday.AddHours(56), Given.Monday.AddHours(60))]);
        var plan = await _host.InForce();
        board.GetProperty("planId").GetGuid().ShouldBe(plan.GetProperty("id").GetGuid());
        board.GetProperty("planVersion").GetInt64().ShouldBe(plan.GetProperty("version").GetInt64());
        board.GetProperty("frozenUntil").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Operations_come_in_the_order_of_their_starts_page_by_page_and_by_their_time()
    {
        var (path, all) = await Plan();
        all.Count.ShouldBe(6);
        all.Select(line => Time(line, "setupStartsAt")).ShouldBeInOrder();
        var paged = new List<JsonElement>();
        for (string? after = ""; after is not null;)
        {
            var page = await Get($"{path}/operations?size=4{(after == "" ? "" : $"&after={Uri.EscapeDataString(after)}")}");
            paged.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("next").GetString();
        }
        paged.Select(line => line.GetRawText()).ShouldBe(all.Select(line => line.GetRawText()));

        var one = all[3];
        var within = await Get($"{path}/operations?from={Time(one, "startsAt").AddSeconds(1):O}&to={Time(one, "endsAt"):O}"
            .Replace("+", "%2B", StringComparison.Ordinal));
        var expected = all.Where(line => Time(line, "endsAt") > Time(one, "startsAt").AddSeconds(1)
            && Time(line, "setupStartsAt") < Time(one, "endsAt"));
        within.GetProperty("items").EnumerateArray().Select(line => line.GetRawText())
            .ShouldBe(expected.Select(line => line.GetRawText()));
        one.GetProperty("allowedEquipment").EnumerateArray().Select(code => code.GetString()).ShouldContain("spare");
        (one.GetProperty("product").GetString(), one.GetProperty("quantity").GetDecimal()).ShouldBe(("P", 10));
    }

    [Theory]
    [InlineData("after=x")]
    [InlineData("after=%5B%22x%22,%22y%22%5D")]
    [InlineData("from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z")]
    public async Task A_page_or_time_that_cannot_be_is_refused(string query)
    {
        using var answer = await _host.Service.Http.GetAsync($"/api/scheduling/{(await Plan()).Path}/operations?{query}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_known_of_an_operation_now_is_on_its_line()
    {
        var operation = _first.Operations[0].OperationId;
        await _host.Service.Deliver("scheduling-heed-shortages",
            new MaterialAvailabilityChanged(_first.OrderId, 1, [new Shortage("steel", 1, "pcs")]));
        await _host.Service.Deliver("scheduling-heed-hold", new QualityHoldChanged(
            Guid.NewGuid(), 1, true, _first.OrderId, operation, null, null, "crack"));
        await _host.Service.DeliverAll("scheduling-track-progress", [Given.Reported(_first, 4)]);

        var line = (await Plan()).Lines.Single(line => line.GetProperty("operationId").GetGuid() == operation);

        (line.GetProperty("isShort").GetBoolean(), line.GetProperty("isHeld").GetBoolean()).ShouldBe((true, true));
        line.GetProperty("finished").GetDecimal().ShouldBe(4);
        (line.GetProperty("isLate").GetBoolean(), line.GetProperty("isRunning").GetBoolean()).ShouldBe((false, false));
    }

    [Fact]
    public async Task Of_a_newer_plan_only_what_differs_is_read()
    {
        var (before, lines) = await Plan();
        var known = before["plans/".Length..];
        var last = lines.Last(line => line.GetProperty("orderId").GetGuid() == _second.OrderId);
        var moved = last.GetProperty("operationId").GetGuid();
        await _host.Service.Do("/api/scheduling/moves", new
        {
            operationId = moved, equipment = last.GetProperty("equipment").GetString(),
            startsAt = Time(last, "startsAt").AddHours(30)
        });

        var (path, linesNow) = await Plan();
        var differing = linesNow.Select(line => line.GetRawText()).Except(lines.Select(line => line.GetRawText())).ToList();
        differing.ShouldContain(line => line.Contains(moved.ToString()));
        (await Get($"{path}/changes?since={known}")).GetProperty("items").EnumerateArray()
            .Select(change => change.GetProperty("line").GetRawText()).ShouldBe(differing, ignoreOrder: true);
        (await Get($"{path}/changes?since={path["plans/".Length..]}")).GetProperty("items").GetArrayLength().ShouldBe(0);

        await _host.Take(_first with { Version = 2, Status = WorkOrderStatus.Cancelled });
        await _host.Plan();
        var without = (await Plan()).Path;
        (await Get($"{without}/changes?since={known}")).GetProperty("items").EnumerateArray()
            .Where(change => change.GetProperty("line").ValueKind == JsonValueKind.Null)
            .Select(change => change.GetProperty("operationId").GetGuid())
            .ShouldBe(_first.Operations.Select(operation => operation.OperationId), ignoreOrder: true);
        using var unknown = await _host.Service.Http.GetAsync($"/api/scheduling/{without}/changes?since={Guid.NewGuid()}");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_operation_says_why_it_is_where_it_is_and_how_long_it_takes_on_each_equipment()
    {
        await _host.Service.Define("/api/scheduling/setup-times", new { equipment = "spare", defaultSeconds = 900 });
        var (path, _) = await Plan();
        var (second, third) = (_first.Operations[1].OperationId, _first.Operations[2].OperationId);

        var shown = await Get($"{path}/operations/{second}");

        shown.GetProperty("chain").EnumerateArray().First().GetProperty("operationId").GetGuid().ShouldBe(second);
        shown.GetProperty("line").GetRawText().ShouldBe((await _host.Line(second)).GetRawText());
        var times = shown.GetProperty("times").EnumerateArray().ToDictionary(time => time.GetProperty("equipment").GetString()!);
        int On(string equipment, string member) => times[equipment].GetProperty(member).GetInt32();
        (On("m2", "setupSeconds"), On("m2", "runSeconds")).ShouldBe((600, 600));
        (On("spare", "setupSeconds"), On("spare", "runSeconds"), On("spare", "defaultSetupSeconds")).ShouldBe((0, 600, 900));
        shown.GetProperty("links").EnumerateArray()
            .Select(link => (link.GetProperty("from").GetGuid(), link.GetProperty("to").GetGuid()))
            .ShouldBe([(_first.Operations[0].OperationId, second), (second, third)]);
        using var unknown = await _host.Service.Http.GetAsync($"/api/scheduling/{path}/operations/{Guid.NewGuid()}");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
