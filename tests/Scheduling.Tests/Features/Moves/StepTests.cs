using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Moves;

/// <summary>Steps are taken in the plan in force over HTTP.</summary>
public sealed class StepTests : IAsyncLifetime
{
    SchedulingHost _host = null!;
    WorkOrderChanged _a = null!;
    DateTimeOffset _later;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        _a = Given.Released("a", dueAt: new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await _host.Take(_a);
        await _host.Plan();
        _later = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeSeconds());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    object Drag => new { kind = "Move", operations = new[] { Place(2) } };

    object Place(int operation) =>
        new { operationId = _a.Operations[operation].OperationId, equipment = "spare", startsAt = _later };

    Task<JsonElement> Live(object step) => _host.Service.Do("/api/scheduling/steps", new { step });

    async Task<DateTimeOffset> Start() =>
        (await _host.Line(_a.Operations[2].OperationId)).GetProperty("startsAt").GetDateTimeOffset();

    [Fact]
    public async Task A_step_in_the_plan_in_force_is_published_at_once_and_a_drag_can_be_taken_back()
    {
        var before = await Start();
        var version = (await _host.InForce()).GetProperty("version").GetInt64();
        using (var refused = await _host.Service.Send(
            "/api/scheduling/steps", new { step = Drag, planVersion = version - 1 }))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("plan-moved-on");
        }
        var taken = await _host.Service.Do("/api/scheduling/steps", new { step = Drag, planVersion = version });
        taken.GetProperty("plan").GetProperty("mode").GetString().ShouldBe("Step");
        (await Start()).ShouldBe(_later);
        await _host.Service.Do("/api/scheduling/moves/undo", new { });
        (await Start()).ShouldBe(before, TimeSpan.FromMinutes(5));

        var group = await Live(new
        {
            kind = "Move",
            operations = new[] { 1, 2 }.Select(i => Place(i))
        });
        group.GetProperty("plan").GetProperty("undoVersion").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Start()).ShouldBeGreaterThan(_later);
        await Live(new { kind = "Unlock", operationIds = new[] { _a.Operations[1].OperationId } });
        (await _host.Service.Get("/api/scheduling/locks")).GetProperty("items").EnumerateArray()
            .Select(row => row.GetProperty("operationId").GetGuid()).ShouldBe([_a.Operations[2].OperationId]);
        (await _host.Overlaps()).ShouldBe(0);
    }
}
