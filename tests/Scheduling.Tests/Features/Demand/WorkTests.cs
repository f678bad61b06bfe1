using Mes.Contracts;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Demand;

/// <summary>Work that operators have begun: the plan sees where it is and since when.</summary>
public sealed class WorkTests : IAsyncLifetime
{
    static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    readonly WorkOrderChanged _order = Given.Released("work") with
    {
        Quantity = 100,
        Operations = [new PlannedOperation(Guid.CreateVersion7(), 10, "op", ["A", "B"], null, 0, 72, 100, false, false)]
    };

    SchedulingHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        await _host.Take(_order);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    Guid Operation => _order.Operations[0].OperationId;

    WorkChanged Work(Guid id, long version, WorkState state, string equipment) => new(
        id, version, state, Now.AddMinutes(-30), Now.AddMinutes(-30), WorkActivity.Run, _order.OrderId, _order.Number, "P",
        Operation, "op", equipment, "O", null);

    Task<long> Changes() => _host.Service.Query<long>("SELECT last_value FROM demand_change");

    Task Tell(WorkChanged work) => _host.Service.Deliver("scheduling-see-work", work);

    [Fact]
    public async Task Work_under_way_stays_where_it_is_and_began_when_it_did_and_is_free_again_when_it_is_over()
    {
        await _host.Plan();
        (await _host.Line(Operation)).GetProperty("equipment").GetString().ShouldBe("A");
        var id = Guid.NewGuid();
        var changes = await Changes();
        await Tell(Work(id, 2, WorkState.Paused, "B"));
        await Tell(Work(id, 1, WorkState.Running, "B"));        // comes late, and changes nothing
        (await Changes()).ShouldBe(changes + 1);
        await Poll.Until(async () => await _host.Service.Query<long>(
            "SELECT count(*) FROM planning_run WHERE mode = 'Shift' AND trigger = 'progress'") > 0, SchedulingHost.Bound,
            "the plan answers work that begins elsewhere");

        await _host.Plan();
        var line = await _host.Line(Operation);
        (line.GetProperty("equipment").GetString(), line.GetProperty("startsAt").GetDateTimeOffset() < Now).ShouldBe(("B", true));

        await Tell(Work(id, 3, WorkState.Ended, "B"));
        await _host.Plan();
        (await _host.Line(Operation)).GetProperty("startsAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(Now);
    }

    [Fact]
    public async Task Of_two_at_one_unit_the_one_begun_last_runs_there()
    {
        var other = Given.Released("other") with
        {
            Quantity = 100,
            Operations = [new PlannedOperation(Guid.CreateVersion7(), 10, "op", ["A"], null, 0, 72, 100, false, false)]
        };
        await _host.Take(other);
        await Tell(Work(Guid.NewGuid(), 1, WorkState.Running, "A"));
        await Tell(Work(Guid.NewGuid(), 1, WorkState.Running, "A") with
        {
            OperationId = other.Operations[0].OperationId,
            OrderId = other.OrderId,
            StartedAt = Now.AddMinutes(-5)
        });
        await _host.Plan();     // capacity 1 is kept although both are worked on
        (await _host.Line(other.Operations[0].OperationId)).GetProperty("startsAt").GetDateTimeOffset().ShouldBeLessThan(Now);
        (await _host.Line(Operation)).GetProperty("startsAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(Now);
    }
}
