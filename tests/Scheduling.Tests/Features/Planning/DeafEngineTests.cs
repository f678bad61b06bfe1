using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Planning;

/// <summary>An engine's process that reads nothing, and one that refuses whatever it reads.</summary>
public sealed class DeafEngineTests : IDisposable
{
    readonly string _engine = Path.Combine(Path.GetTempPath(), $"engine-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_engine);

    async Task<SchedulingHost> Start(string script, int? graceSeconds = null)
    {
        await File.WriteAllTextAsync(_engine, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_engine, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        return await SchedulingHost.Start(_engine, graceSeconds);
    }

    [Fact]
    public async Task A_process_that_does_not_take_its_model_can_be_cancelled()
    {
        await using var host = await Start("exec sleep 600");
        await host.Take(Given.Orders(200));     // more than a pipe holds
        var run = (await host.Service.Do("/api/scheduling/plans", new { mode = "Full" })).GetProperty("runId").GetGuid();
        await Poll.Until(async () => await host.Service.Query<long>(
            "SELECT count(*) FROM planning_run WHERE operations = 600") == 1, SchedulingHost.Bound, "the engine is started");
        await host.Service.Do($"/api/scheduling/runs/{run}/cancel", null);
        (await host.Ended(run)).GetProperty("status").GetString().ShouldBe("Cancelled");
    }

    [Theory]
    [InlineData("exec sleep 600", "ended with 137")]                        // takes no model
    [InlineData("read -r model; exec sleep 600", "ended with 137")]         // says nothing
    [InlineData("sleep 60", "killed and is still there")]                   // leaves a child behind that holds its output
    public async Task A_process_that_hangs_is_killed_at_its_time_and_the_run_fails(string script, string why)
    {
        await using var host = await Start(script, graceSeconds: 2);
        await host.Take(Given.Orders(200));     // more than a pipe holds
        var run = (await host.Service.Do("/api/scheduling/plans", new { mode = "Full" })).GetProperty("runId").GetGuid();
        await Poll.Until(async () => await host.Service.Query<long>(
            $"SELECT count(*) FROM planning_run WHERE id = '{run}' AND status = 'Failed'") > 0,
            SchedulingHost.Bound, "the attempt ends");
        (await host.Service.Query<string>($"SELECT error FROM planning_run WHERE id = '{run}' AND attempt = 1"))
            .ShouldContain(why);
    }

    [Fact]
    public async Task What_the_engine_refuses_all_the_same_stops_no_plan()
    {
        await using var host = await Start("""read -r model; echo "no-plan-found" >&2; echo '{"feasible":false}'; exit 1""");
        await host.Take(Given.Released("1"));
        var plan = await host.Plan();
        plan.GetProperty("operations").GetInt32().ShouldBe(3);
        plan.GetProperty("method").GetString()!.ShouldContain("no-plan-found");
    }
}
