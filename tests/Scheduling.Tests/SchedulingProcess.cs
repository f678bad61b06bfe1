using System.Diagnostics;
using System.Security.Cryptography;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests;

/// <summary>The service in a process of its own, as it is in an installation, until a test ends it.</summary>
sealed class SchedulingProcess : IAsyncDisposable
{
    readonly Process _process;

    SchedulingProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts one and waits until it takes jobs.</summary>
    public static async Task<SchedulingProcess> Start(TestDatabase database, Func<Task<long>> servers)
    {
        var before = await servers();
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Mes.Scheduling.dll"), "--urls=http://127.0.0.1:0"]);
        start.Environment["ConnectionStrings__scheduling"] = database.AppConnectionString;
        start.Environment["ConnectionStrings__scheduling-owner"] = database.OwnerConnectionString;
        start.Environment["Mes__TicketKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        start.Environment["Logging__LogLevel__Default"] = "Error";
        var process = new SchedulingProcess(Process.Start(start)!);
        await Poll.Until(async () => await servers() > before, SchedulingHost.Bound, "the process serves jobs");
        return process;
    }

    /// <summary>Ends it as a power failure would; its children stay.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
