using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Files;

namespace Mes.Scheduling.Features.Planning;

/// <summary>The engine's process ended without a plan.</summary>
public sealed class EngineFailedException(string message) : Exception(message);

/// <summary>
/// Runs the engine's command line as a child process at low priority, so that a search starves no terminal. The model
/// goes in by its standard input, better plans come out line by line; closing its input ends it with the best one, also
/// when this process dies.
/// </summary>
sealed class EngineProcess(IConfiguration configuration)
{
    // on a machine at its limit a process of low priority may need a minute for what otherwise takes half a second
    readonly TimeSpan _grace = TimeSpan.FromSeconds(configuration.GetValue("Planning:GraceSeconds", 180));
    const int Refused = 1;      // as the command line says
    static readonly TimeSpan GraceAfterStop = TimeSpan.FromMinutes(1);
    static readonly TimeSpan GraceAfterKill = TimeSpan.FromSeconds(10);

    /// <summary>Searches; ended early, the best plan so far is the answer.</summary>
    /// <exception cref="EngineFailedException">The process ended without a plan, or was killed.</exception>
    /// <exception cref="OperationCanceledException">It was ended before the first plan, or this process shuts
    /// down.</exception>
    public async Task<EngineResult> Solve(PlanSearch search, RunWatch watch)
    {
        await watch.Size(search, watch.Ending);
        if (search.Model.Jobs.Count == 0)
        {
            return new EngineResult([], EngineProgress.None, "nothing to plan");
        }
        using var process = Start(search);
        try
        {
            var found = await Follow(process, search, watch, watch.Ending);
            return found with { IsCancelled = watch.WasCutShort() };
        }
        finally
        {
            End(process);
        }
    }

    async Task<EngineResult> Follow(Process process, PlanSearch search, RunWatch watch, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(search.Seconds) + _grace);
        await using var kill = late.Token.Register(() => End(process));
        var complaints = Complaints(process);
        await using (stop.Register(() => End(process)))     // what has no model yet has no plan to wait for
        {
            await Within(new ValueTask<bool>(Send(process, search)), late);
        }
        await using var ending = stop.Register(() =>
        {
            CloseInput(process);
            late.CancelAfter(GraceAfterStop);
        });
        EngineResult? best = null;
        while (await Within(process.StandardOutput.ReadLineAsync(CancellationToken.None), late) is { } line)
        {
            if (FoundPlan.Read(line) is { Feasible: true, Plan: not null } found)
            {
                best = ToResult(found, search);
                await watch.Heard(best.Last, CancellationToken.None);
            }
        }
        await Within(new ValueTask<bool>(Ended(process)), late);
        if (process.ExitCode == 0 && best is not null)
        {
            return best;
        }
        stop.ThrowIfCancellationRequested();
        var why = await Within(new ValueTask<string>(complaints), late);
        if (process.ExitCode == Refused)
        {
            // the last defence: what it refuses stops nothing, the plan in force as it can be kept is published instead
            return best ?? new EngineResult([], EngineProgress.None, $"right shift; the engine refused: {why}".TrimEnd());
        }
        throw new EngineFailedException($"The engine's process ended with {process.ExitCode}. {why}".TrimEnd());
    }

    static EngineResult ToResult(FoundPlan line, PlanSearch search)
    {
        var clock = new ModelClock(search.Origin);
        IReadOnlyList<PlanRow> rows = [.. line.Plan!.Select(entry => new PlanRow(
            Guid.Parse(entry.OperationId!), Guid.Parse(entry.JobId!), entry.EquipmentId!,
            clock.At(entry.SetupStart ?? entry.Start), clock.At(entry.Start), clock.At(entry.End)))];
        return new EngineResult(rows,
            new EngineProgress(line.Seconds, FoundPlan.Levels(line.Objective), FoundPlan.Levels(line.LowerBound))
            {
                Late = search.LatenessOf(rows)
            }, line.Method ?? "search");
    }

    static async Task<bool> Ended(Process process)
    {
        await process.WaitForExitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Waits no longer than a process takes to be gone after it was killed.</summary>
    static async Task<T> Within<T>(ValueTask<T> answer, CancellationTokenSource late)
    {
        using var bound = new CancellationTokenSource();
        await using var killed = late.Token.Register(() => bound.CancelAfter(GraceAfterKill));
        try
        {
            return await answer.AsTask().WaitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            throw new EngineFailedException("The engine's process was killed and is still there.");
        }
    }

    Process Start(PlanSearch search)
    {
        var start = new ProcessStartInfo(configuration["Planning:Host"] ?? DotnetHost())
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false
        };
        foreach (var argument in new[]
        {
            configuration["Planning:Engine"] ?? Path.Combine(AppContext.BaseDirectory, "Mes.Scheduling.Cli.dll"),
            "solve", "-", "--format", "model", "--stream", "--seconds", Text(search.Seconds), "--workers", Text(search.Workers)
        })
        {
            start.ArgumentList.Add(argument);
        }
        if (search.IsRepair)
        {
            start.ArgumentList.Add("--repair");
        }
        var process = Process.Start(start) ?? throw new EngineFailedException("The engine's process did not start.");
        Lower(process);
        return process;
    }

    static void Lower(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // it has ended already, which its exit code tells
        }
    }

    static void CloseInput(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it has ended already, which its exit code tells
        }
    }

    static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // it has ended already
        }
    }

    /// <summary>Writing blocks while the process does not read; false where it has ended before.</summary>
    static async Task<bool> Send(Process process, PlanSearch search)
    {
        var model = ModelFile.Write(search.Model).ReplaceLineEndings(" ");
        try
        {
            await Task.Run(async () =>
            {
                await process.StandardInput.WriteLineAsync(model);
                await process.StandardInput.FlushAsync(CancellationToken.None);
            }, CancellationToken.None);
            return true;
        }
        catch (IOException)
        {
            return false;       // which its exit code tells
        }
    }

    /// <summary>What the process says on its error stream, but for its progress.</summary>
    static async Task<string> Complaints(Process process)
    {
        var text = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (text.Length < 2_000 && line.Length > 0 && !char.IsWhiteSpace(line[0]) && !char.IsDigit(line[0]))
            {
                text.Append(line).Append(' ');
            }
        }
        return text.ToString();
    }

    /// <summary>The host that runs this process, also where it was started by its own executable.</summary>
    static string DotnetHost()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
