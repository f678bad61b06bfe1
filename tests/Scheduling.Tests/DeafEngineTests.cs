using Mes.Tests.Support;

namespace Mes.Scheduling.Tests;

/// <summary>An engine's process that reads nothing.</summary>
public sealed class DeafEngineTests : IAsyncLifetime
{
    readonly string _deaf = Path.Combine(Path.GetTempPath(), $"deaf-{Guid.NewGuid():N}");
    SchedulingHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_deaf, "#!/bin/sh\nexec sleep 600\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_deaf, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        _host = await SchedulingHost.Start(_deaf);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        File.Delete(_deaf);
    }

    [Fact]
    public async Task A_process_that_does_not_take_its_model_can_be_cancelled()
    {
        for (var i = 0; i < 200; i++)      // more than a pipe holds
        {
            await _host.Take(Given.Released($"{i}"));
        }
        var run = (await _host.Service.Do("/api/scheduling/plans", new { mode = "Full" })).GetProperty("runId").GetGuid();
        await Poll.Until(async () => await _host.Service.Query<long>(
            "SELECT count(*) FROM planning_run WHERE operations = 600") == 1, SchedulingHost.Bound, "the engine is started");
        await _host.Service.Do($"/api/scheduling/runs/{run}/cancel", null);
        (await _host.Ended(run)).GetProperty("status").GetString().ShouldBe("Cancelled");
    }
}
