using System.Globalization;

namespace Mes.Replay.Play;

/// <summary>A whole replay through a gateway: play, wait until all effects have drained, read back, compare.</summary>
static class ReplayRun
{
    const int RefusalsShownMax = 50;

    static readonly TimeSpan ReadPeriod = TimeSpan.FromSeconds(1);
    static readonly TimeSpan DrainMax = TimeSpan.FromMinutes(15);
    static readonly TimeSpan StillMax = TimeSpan.FromSeconds(60);

    // What was refused is missing for ever: nobody need wait for it.
    static readonly TimeSpan StillAfterRefusalsMax = TimeSpan.FromSeconds(15);

    /// <summary>Runs it; the table goes to standard output, progress to standard error.</summary>
    /// <returns>Whether every command was taken and every figure is the true one.</returns>
    /// <exception cref="RefusedException">Master data, or a read, was refused.</exception>
    /// <exception cref="OutageException">The gateway was away for too long.</exception>
    public static async Task<bool> Run(ReplayOptions options, IReadOnlyList<LogRow> rows, CancellationToken ct)
    {
        var truth = Truth.Of(rows);
        var plan = ReplayPlan.Of(rows, Path.GetFileName(options.LogPath), options.ShuffleSeed);
        using var mes = MesClient.Connect(options.Gateway!, options.Key!);
        var played = await new Player(mes, plan, TimeProvider.System).Play(ct);
        ShowRefusals(played.Refusals);

        var settling = new Settling(truth, played.Refusals.Count == 0 ? StillMax : StillAfterRefusalsMax);
        var (measured, drained) = await Drain(new ReadBack(mes, plan, truth), settling, ct);

        FiguresTable.Write(Console.Out, settling.Figures);
        Report(played, drained, mes);
        if (options.JsonPath is { } json)
            await File.WriteAllTextAsync(json, FiguresJson.Write(measured) + "\n", ct);
        return settling.IsEqual && played.Refusals.Count == 0;
    }

    static async Task<(ReplayFigures Measured, TimeSpan Elapsed)> Drain(
        ReadBack readBack, Settling settling, CancellationToken ct)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        await using var progress = Progress.Show(() => string.Create(CultureInfo.InvariantCulture,
            $"draining for {clock.GetElapsedTime(started).TotalSeconds:0} s, figures right: "
            + $"{settling.Figures.Count(figure => figure.IsEqual)} of {settling.Figures.Count}"));
        while (true)
        {
            var snapshot = await readBack.Read(ct);
            var elapsed = clock.GetElapsedTime(started);
            if (settling.IsOver(snapshot, elapsed) || elapsed > DrainMax)
                return (snapshot.Figures, elapsed);
            await Task.Delay(ReadPeriod, ct);
        }
    }

    static void Report(Played played, TimeSpan drained, MesClient mes)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"played {played.Actions:#,##0} steps in {played.Elapsed.TotalSeconds:0.0} s "
            + $"({played.Actions / played.Elapsed.TotalSeconds:#,##0}/s), drained {drained.TotalSeconds:0.0} s after"));
        foreach (var (setback, times) in mes.Setbacks.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            Console.WriteLine($"tried again after {setback}: {times} times");
    }

    static void ShowRefusals(IReadOnlyList<string> refusals)
    {
        if (refusals.Count == 0)
            return;
        Console.Error.WriteLine($"{refusals.Count} commands were refused:");
        foreach (var refusal in refusals.Take(RefusalsShownMax))
            Console.Error.WriteLine(refusal);
        if (refusals.Count > RefusalsShownMax)
            Console.Error.WriteLine($"… and {refusals.Count - RefusalsShownMax} more");
    }
}
