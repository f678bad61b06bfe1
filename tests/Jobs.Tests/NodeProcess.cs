using System.Diagnostics;
using Mes.Tests.Support;

namespace Mes.Jobs.Tests;

/// <summary>A process that serves jobs until it is ended, in whatever way.</summary>
sealed class NodeProcess : IAsyncDisposable
{
    readonly Process _process;

    NodeProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts one and waits until it takes jobs.</summary>
    public static async Task<NodeProcess> StartAsync(JobsDatabase database, string? through = null)
    {
        var program = Path.ChangeExtension(typeof(NodeProcess).Assembly.Location, null);
        var before = await Servers(database);
        var node = new NodeProcess(Process.Start(
            new ProcessStartInfo(program, ["node", through ?? database.Connection, database.OwnerConnection]))!);
        await Poll.Until(async () => await Servers(database) > before, TimeSpan.FromMinutes(2), "the process serves jobs");
        return node;
    }

    /// <summary>Ends it as a power failure would.</summary>
    public void Kill() => _process.Kill();

    public void Terminate() => Signal(_process.Id, "TERM");

    public void Freeze() => Signal(_process.Id, "STOP");

    public void Thaw() => Signal(_process.Id, "CONT");

    public Task Ended() => _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    static async Task<long> Servers(JobsDatabase database) =>
        await database.Query<bool>("SELECT to_regclass('hangfire.server') IS NULL")
        ? 0 : await database.Query<long>("SELECT count(*) FROM hangfire.server");

    static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{process}"]);
        kill.WaitForExit();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"{signal} did not reach {process}");
    }
}
