using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mes.Scheduling.Tests.Features.Moves;

/// <summary>Drags in the plan in force are taken back over HTTP.</summary>
public sealed class UndoTests : IAsyncLifetime
{
    // the plan goes back to where it was, brought up to now: what was due then is due now
    static readonly TimeSpan Passed = TimeSpan.FromMinutes(5);
    SchedulingHost _host = null!;
    WorkOrderChanged _order = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        _order = Given.Released("1", dueAt: new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await _host.Take(_order);
        await _host.Plan();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    Task<JsonElement> Line(int operation) => _host.Line(_order.Operations[operation].OperationId);

    static DateTimeOffset StartOf(JsonElement line) => line.GetProperty("startsAt").GetDateTimeOffset();

    Task<JsonElement> Drag(int operation, DateTimeOffset to, bool @lock = true) => _host.Service.Do("/api/scheduling/moves",
        new { operationId = _order.Operations[operation].OperationId, equipment = "spare", startsAt = to, @lock });

    Task<JsonElement> Undo() => _host.Service.Do("/api/scheduling/moves/undo", new { });

    async Task Refused(object body, HttpStatusCode status, string code)
    {
        using var answer = await _host.Service.Send("/api/scheduling/moves/undo", body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        JsonDocument.Parse(text).RootElement.GetProperty("code").GetString().ShouldBe(code);
    }

    async Task IsBack(int operation, JsonElement was)
    {
        var line = await Line(operation);
        line.GetProperty("equipment").GetString().ShouldBe(was.GetProperty("equipment").GetString());
        StartOf(line).ShouldBe(StartOf(was), Passed);
        line.GetProperty("isLocked").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Drags_are_undone_one_after_the_other_and_a_planning_run_ends_that()
    {
        await Refused(new { }, HttpStatusCode.UnprocessableEntity, "nothing-to-undo");
        var (second, third) = (await Line(1), await Line(2));
        var later = StartOf(third).AddHours(6);
        await Drag(2, later);
        await Drag(1, StartOf(second).AddHours(2));
        await Refused(new { operationId = _order.Operations[2].OperationId }, HttpStatusCode.Conflict, "dragged-since");

        var undone = await Undo();
        undone.GetProperty("plan").GetProperty("mode").GetString().ShouldBe("Undo");
        undone.GetProperty("difference").GetProperty("moved").EnumerateArray()
            .Select(row => row.GetProperty("operationId").GetGuid()).ShouldContain(_order.Operations[1].OperationId);
        await IsBack(1, second);
        (StartOf(await Line(2)), (await Line(2)).GetProperty("isLocked").GetBoolean()).ShouldBe((later, true));
        await Undo();
        await IsBack(2, third);
        await Refused(new { }, HttpStatusCode.UnprocessableEntity, "nothing-to-undo");

        var moved = await Drag(2, later, @lock: false);
        await Refused(new { planVersion = moved.GetProperty("plan").GetProperty("version").GetInt64() - 1 },
            HttpStatusCode.Conflict, "plan-moved-on");
        await _host.Take(Given.Released("2"));
        await _host.Plan();
        await Refused(new { }, HttpStatusCode.UnprocessableEntity, "nothing-to-undo");
        (await _host.Overlaps()).ShouldBe(0);
    }

    [Fact]
    public async Task The_answer_to_an_event_does_not_hinder_it_and_begun_work_does()
    {
        await using var connection = await _host.Service.Services.GetRequiredService<ServiceDatabase<SchedulingDb>>()
            .Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var held = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand(
            $"SELECT pg_advisory_xact_lock(hashtextextended('mes.job {RunStore.JobKey}', 0))", connection, held))
        {
            await hold.ExecuteNonQueryAsync();      // no repair, which would make the plan anew, begins within this test
        }
        var first = await Line(0);
        var dragged = await Drag(0, StartOf(first).AddHours(4));
        await _host.Take(Given.Released("rush", priority: 100));
        (await _host.NextAfter(dragged.GetProperty("plan"))).GetProperty("mode").GetString().ShouldBe("Shift");
        await Undo();
        await IsBack(0, first);
        (await _host.Lines(await _host.InForce())).Count.ShouldBe(6);

        await Drag(0, StartOf(first).AddHours(4));
        var now = TimeProvider.System.GetUtcNow();
        await _host.Service.Deliver("scheduling-track-progress",
            Given.Reported(_order, 4, "spare", startedAt: now.AddMinutes(-30), endedAt: now.AddMinutes(-1)));
        await Refused(new { }, HttpStatusCode.UnprocessableEntity, "operation-running");
    }
}
