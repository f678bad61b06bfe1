using System.Diagnostics;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests;

/// <summary>Finds the engine's processes that this test's process has started.</summary>
static class EngineProcesses
{
    /// <summary>Waits for one that is searching, and kills it.</summary>
    public static async Task Kill(TimeSpan bound)
    {
        Process? found = null;
        await Poll.Until(() => (found = Children().FirstOrDefault()) is not null, bound, "the engine's process runs");
        found!.Kill();
        await found.WaitForExitAsync();
    }

    static IEnumerable<Process> Children() => Process.GetProcessesByName("dotnet").Where(process => IsEngineOfOurs(process.Id));

    static bool IsEngineOfOurs(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains("Mes.Scheduling.Cli.dll", StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{id}/status").Contains($"PPid:\t{Environment.ProcessId}\n", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;       // it has ended meanwhile
        }
    }
}
