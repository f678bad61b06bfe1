using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Mes.Scheduling.Cli;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Features;

/// <summary>News of a search.</summary>
/// <param name="Seconds">Time since it began, seconds.</param>
/// <param name="Value">The objective's value by level.</param>
/// <param name="Bound">What it cannot fall below, by level.</param>
public sealed record EngineProgress(double Seconds, IReadOnlyList<long> Value, IReadOnlyList<long> Bound)
{
    /// <summary>Before the first plan.</summary>
    public static EngineProgress None { get; } = new(0, [], []);

    /// <summary>Share of the first level that is not proved to be necessary, 0 to 1.</summary>
    public double Gap => Value.Count == 0 || Value[0] <= Bound[0] ? 0 : (Value[0] - Bound[0]) / (double)Value[0];
}

/// <summary>What the engine found.</summary>
/// <param name="Rows">The plan.</param>
/// <param name="Last">The last news.</param>
/// <param name="Method">How it was found, for people.</param>
public sealed record EngineResult(IReadOnlyList<PlanRow> Rows, EngineProgress Last, string Method);

/// <summary>The engine's process ended without a plan.</summary>
public sealed class EngineFailedException(string message) : Exception(message);

/// <summary>
/// Runs the engine's command line as a child process at low priority, so that a search starves no terminal, and is cancelled by ending it.
/// </summary>
sealed class EngineProcess(IConfiguration configuration)
{
    /// <summary>Searches; ended early, the best plan so far is the answer.</summary>
    /// <exception cref="EngineFailedException">The process ended without a plan.</exception>
    /// <exception cref="OperationCanceledException">It was ended before the first plan.</exception>
    public async Task<EngineResult> Solve(PlanSearch search, RunWatch watch, CancellationToken stop)
    {
        await watch.Size(search, stop);
        if (search.Model.Jobs.Count == 0)
        {
            return new EngineResult([], EngineProgress.None, "nothing to plan");
        }
        var folder = Directory.CreateTempSubdirectory("mes-plan-");
        try
        {
            return await Solve(search, folder.FullName, watch, stop);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    async Task<EngineResult> Solve(PlanSearch search, string folder, RunWatch watch, CancellationToken stop)
    {
        var (model, plan) = (Path.Combine(folder, "model.json"), Path.Combine(folder, "plan.json"));
        await File.WriteAllTextAsync(model, ModelFile.Write(search.Model), stop);
        using var process = Start(search, model, plan);
        await using var ending = stop.Register(() => End(process));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var (last, complaints) = await Follow(process, watch);
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != 0 || !File.Exists(plan))
        {
            stop.ThrowIfCancellationRequested();
            throw new EngineFailedException(
                $"The engine's process ended with {process.ExitCode}. {complaints}{(await output).Trim()}");
        }
        var planned = PlanFile.Read(search.Model, await File.ReadAllTextAsync(plan, CancellationToken.None));
        return new EngineResult(RowsOf(planned, search), last, "search");
    }

    Process Start(PlanSearch search, string model, string plan)
    {
        var start = new ProcessStartInfo(DotnetHost())
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false
        };
        foreach (var argument in new[]
        {
            configuration["Planning:Engine"] ?? Path.Combine(AppContext.BaseDirectory, "Mes.Scheduling.Cli.dll"), "solve", model,
            "--format", "model", "--seconds", Text(search.Seconds), "--workers", Text(search.Workers), "--out", plan
        })
        {
            start.ArgumentList.Add(argument);
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

    /// <summary>Reads the news until the process ends; what is no news is a complaint.</summary>
    static async Task<(EngineProgress Last, string Complaints)> Follow(Process process, RunWatch watch)
    {
        var (last, complaints) = (EngineProgress.None, new StringBuilder());
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (EngineNews.Parse(line) is { } news)
            {
                last = news;
                await watch.Heard(news, CancellationToken.None);
            }
            else if (complaints.Length < 2_000)
            {
                complaints.Append(line).Append(' ');
            }
        }
        return (last, complaints.ToString());
    }

    static IReadOnlyList<PlanRow> RowsOf(IEnumerable<PlannedOperation> planned, PlanSearch search)
    {
        var clock = new ModelClock(search.Origin);
        return [.. planned.Select(operation => new PlanRow(
            Guid.Parse(operation.OperationId), Guid.Parse(operation.JobId), operation.EquipmentId, clock.At(operation.SetupStartSeconds),
            clock.At(operation.StartSeconds), clock.At(operation.EndSeconds)))];
    }

    /// <summary>The host that runs this process, also where it was started by its own executable.</summary>
    static string DotnetHost()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Understands the lines in which the engine's command line tells its progress.</summary>
static partial class EngineNews
{
    public static EngineProgress? Parse(string line)
    {
        var match = Line().Match(line);
        return match.Success
            ? new EngineProgress(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
                Levels(match.Groups[2].Value), Levels(match.Groups[3].Value))
            : null;
    }

    static long[] Levels(string text) =>
        [.. text.Split('/', StringSplitOptions.TrimEntries).Select(level => long.Parse(level, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"^\s*([\d.]+) s  ([-\d /]+)  bound ([-\d /]+),")]
    private static partial Regex Line();
}
