using System.Diagnostics;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests;

/// <summary>Finds the engine's processes that this test's process has started.</summary>
static class EngineProcesses
{
    /// <summary>Waits for the one that searches for so long, and kills it: others, which answer events, may end of
    /// themselves just then.</summary>
    public static async Task Kill(int seconds, TimeSpan bound)
    {
        Process? found = null;
        await Poll.Until(() => (found = Children(seconds).FirstOrDefault()) is not null, bound, "the engine's process runs");
        found!.Kill();
        await found.WaitForExitAsync();
    }

    static IEnumerable<Process> Children(int seconds) =>
        Process.GetProcessesByName("dotnet").Where(process => IsEngineOfOurs(process.Id, seconds));

    static bool IsEngineOfOurs(int id, int seconds)
    {
        try
        {
            var call = File.ReadAllText($"/proc/{id}/cmdline");
            return call.Contains("Mes.Scheduling.Cli.dll", StringComparison.Ordinal)
                && call.Contains($"--seconds\0{seconds}\0", StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{id}/status").Contains($"PPid:\t{Environment.ProcessId}\n", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;       // it has ended meanwhile
        }
    }
}
