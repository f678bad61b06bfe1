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

    /// <summary>Those that another process has started.</summary>
    public static int[] Of(int parent) =>
        [.. Process.GetProcessesByName("dotnet").Where(process => IsEngine(process.Id, parent)).Select(process => process.Id)];

    /// <summary>Whether one still runs.</summary>
    public static bool IsAlive(int id) => IsEngine(id, parent: null);

    static IEnumerable<Process> Children(int seconds) => Process.GetProcessesByName("dotnet")
        .Where(process => IsEngine(process.Id, Environment.ProcessId, $"--seconds\0{seconds}\0"));

    static bool IsEngine(int id, int? parent, string argument = "")
    {
        try
        {
            var call = File.ReadAllText($"/proc/{id}/cmdline");
            return call.Contains("Mes.Scheduling.Cli.dll", StringComparison.Ordinal)
                && call.Contains(argument, StringComparison.Ordinal)
                && (parent is null
                    || File.ReadAllText($"/proc/{id}/status").Contains($"PPid:\t{parent}\n", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;       // it has ended meanwhile
        }
    }
}
