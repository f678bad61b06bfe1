using System.Globalization;
using System.Text.Json;
using Mes.Contracts;
using Mes.Scheduling.Features.Adherence;

namespace Mes.Scheduling.Tests.Features.Adherence;

/// <summary>What days were to end, and what happened, over HTTP.</summary>
public sealed class AdherenceTests : IAsyncLifetime
{
    readonly WorkOrderChanged _order = Given.Released("1");
    SchedulingHost _host = null!;
    DateOnly _today;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        // in the plant's zone it is early, so that what is planned now ends today, whenever the test runs
        var hour = TimeProvider.System.GetUtcNow().Hour;
        var ahead = hour <= 12 ? 1 - hour : 25 - hour;
        await _host.Tell(Given.Calendar(CalendarChanged.Plant, 1, "00:00", "24:00") with
        {
            Zone = ahead >= 0 ? $"Etc/GMT-{ahead}" : $"Etc/GMT+{-ahead}"
        });
        _today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(ahead).DateTime);
        await _host.Take(_order);
        await _host.Plan();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    async Task<List<JsonElement>> List(string path) =>
        [.. (await _host.Service.Get($"/api/scheduling/adherence{path}")).GetProperty("items").EnumerateArray()];

    async Task<PlannedOutcome> Outcome(int operation, string query = "") => Enum.Parse<PlannedOutcome>(
        (await List($"/operations{query}")).Single(row => IsOf(row, operation)).GetProperty("outcome").GetString()!);

    bool IsOf(JsonElement row, int operation) =>
        row.GetProperty("operationId").GetGuid() == _order.Operations[operation].OperationId;

    async Task<Dictionary<string, (int Planned, int Kept, double? Adherence)>> Today() =>
        (await List($"?day={Text(_today)}")).ToDictionary(row => row.GetProperty("equipment").GetString()!, row => (
            row.GetProperty("planned").GetInt32(), row.GetProperty("kept").GetInt32(),
            row.GetProperty("adherence") is { ValueKind: JsonValueKind.Number } share ? share.GetDouble() : (double?)null));

    static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    Task Report(int operation, string equipment, decimal good = 10)
    {
        var now = TimeProvider.System.GetUtcNow();
        return _host.Service.Deliver("scheduling-track-progress",
            Given.Reported(_order, good, equipment, operation, now.AddMinutes(-5), now.AddMinutes(-1)));
    }

    async Task<string> PlannedOn(int operation) =>
        (await _host.Line(_order.Operations[operation].OperationId)).GetProperty("equipment").GetString()!;

    [Fact]
    public async Task Operations_that_are_finished_where_they_were_planned_keep_the_plan_and_others_do_not()
    {
        (await List("/operations")).Count.ShouldBe(3);
        (await Outcome(0)).ShouldBe(PlannedOutcome.Ahead);
        var (first, second) = (await PlannedOn(0), await PlannedOn(1));
        (await Today())[first].ShouldBe((0, 0, null));

        await Report(0, first);
        await Report(1, "elsewhere");

        (await Outcome(0)).ShouldBe(PlannedOutcome.Kept);
        (await Outcome(1, "?outcome=Elsewhere")).ShouldBe(PlannedOutcome.Elsewhere);
        (await Today())[first].ShouldBe((1, 1, 1));
        (await Today())[second].ShouldBe((1, 0, 0));
        var row = (await List($"/operations?equipment={second}")).Single();
        row.GetProperty("workedEquipment").GetString().ShouldBe("elsewhere");
        row.GetProperty("workedTo").GetDateTimeOffset().ShouldBeLessThan(TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task The_plan_that_was_in_force_when_the_day_began_is_what_counts_whatever_is_planned_later()
    {
        await _host.Take(Given.Released("2"));
        await _host.Plan();
        (await List("/operations")).Count.ShouldBe(3);
        (await List("")).Select(row => row.GetProperty("planVersion").GetInt64()).Distinct().ShouldBe([1]);

        await Yesterday();
        await Report(0, await PlannedOn(0));

        (await Outcome(0, $"?day={Text(_today.AddDays(-1))}")).ShouldBe(PlannedOutcome.TooLate);
        (await Outcome(1, $"?day={Text(_today.AddDays(-1))}")).ShouldBe(PlannedOutcome.Unfinished);
        var version = (await _host.InForce()).GetProperty("version").GetInt64();
        (await List($"?day={Text(_today)}")).Select(row => row.GetProperty("planVersion").GetInt64()).Distinct()
            .ShouldBe([version]);

        var told = (await List($"/operations?day={Text(_today)}")).Select(Planned).ToList();
        told.Count.ShouldBeGreaterThan(3);
        await _host.Take(Given.Released("3"));
        await _host.Plan();
        (await List($"/operations?day={Text(_today)}")).Select(Planned).ShouldBe(told);

        static (Guid, string?, DateTimeOffset) Planned(JsonElement row) => (row.GetProperty("operationId").GetGuid(),
            row.GetProperty("equipment").GetString(), row.GetProperty("endsAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task What_is_cancelled_does_not_count()
    {
        await Yesterday();
        (await Outcome(0, $"?day={Text(_today.AddDays(-1))}")).ShouldBe(PlannedOutcome.Unfinished);
        await _host.Take(_order with { Version = 2, Status = WorkOrderStatus.Cancelled });
        (await Outcome(0, $"?day={Text(_today.AddDays(-1))}")).ShouldBe(PlannedOutcome.Dropped);
        (await List($"?day={Text(_today.AddDays(-1))}")).ShouldAllBe(row => row.GetProperty("planned").GetInt32() == 0);
    }

    [Fact]
    public async Task Times_of_reports_and_of_work_under_way_are_told_and_undone_ones_are_not()
    {
        var now = TimeProvider.System.GetUtcNow();
        await Report(0, "m1", good: 4);
        await _host.Service.Deliver("scheduling-see-work", new WorkChanged(Guid.NewGuid(), 1, WorkState.Running,
            now.AddMinutes(-1), now.AddMinutes(-1), WorkActivity.Run, _order.OrderId, "1", "P", _order.Operations[1].OperationId,
            "op2", "m2", "O", null));
        var undone = Given.Reported(_order, 1, "m1", 0, now.AddMinutes(-9), now.AddMinutes(-8));
        await _host.Service.Deliver("scheduling-track-progress", undone);
        await _host.Service.Deliver("scheduling-track-progress",
            undone with { ReportId = Guid.NewGuid(), Reverses = undone.ReportId, Good = -1 });

        var worked = await List("/work");

        worked.Select(row => (row.GetProperty("equipment").GetString(), row.GetProperty("operation").GetString(),
            row.GetProperty("endsAt").ValueKind)).ShouldBe(
            [("m1", "op1", JsonValueKind.String), ("m2", "op2", JsonValueKind.Null)]);
        (await List($"/work?from={Text(_today.AddDays(-40))}T00:00:00Z&to={Text(_today.AddDays(-20))}T00:00:00Z"))
            .ShouldBeEmpty();
    }

    /// <summary>Lets the day that is kept be yesterday: a day cannot be waited for.</summary>
    async Task Yesterday()
    {
        await _host.Take(Given.Released("next"));
        await _host.Plan();     // keeps it
        await _host.Service.Query<long>(
            """
            WITH moved AS (
                INSERT INTO baseline_day SELECT day - 1, plan_version, zone FROM baseline_day RETURNING 1),
            operations AS (
                UPDATE baseline_operation SET day = day - 1, starts_at = starts_at - interval '1 day',
                    ends_at = ends_at - interval '1 day' FROM moved RETURNING 1)
            SELECT count(*) FROM operations
            """);
        await _host.Service.Query<long>(
            """
            WITH gone AS (DELETE FROM baseline_day WHERE day = (SELECT max(day) FROM baseline_day) RETURNING 1)
            SELECT count(*) FROM gone
            """);
    }
}
