using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Mes.Benchmarks;

/// <summary>How long and how often to measure.</summary>
/// <param name="Length">Length of one run.</param>
/// <param name="Pairs">Runs of the product and of the reference, one after the other.</param>
sealed record BenchmarkOptions(TimeSpan Length, int Pairs);

/// <summary>What one run showed.</summary>
/// <param name="PerSecond">Finished per second.</param>
/// <param name="P50Ms">Half of them took at most this long, milliseconds.</param>
/// <param name="P99Ms">99 % of them took at most this long, milliseconds.</param>
/// <param name="Cpu">Processor time per finished call, milliseconds.</param>
sealed record Sample(double PerSecond, double P50Ms, double P99Ms, CpuTime Cpu)
{
    /// <summary>The median of each figure.</summary>
    public static Sample Median(IReadOnlyCollection<Sample> samples) => new(
        Load.Quantile(samples.Select(s => s.PerSecond), 0.5), Load.Quantile(samples.Select(s => s.P50Ms), 0.5),
        Load.Quantile(samples.Select(s => s.P99Ms), 0.5), CpuTime.Median([.. samples.Select(s => s.Cpu)]));
}

/// <summary>Puts load on what is measured.</summary>
static class Load
{
    /// <summary>Runs clients, each starting its next call when the last has ended, or at a given rate.</summary>
    /// <param name="clients">How many at a time.</param>
    /// <param name="length">For how long calls are started.</param>
    /// <param name="call">Makes the n-th call of a client.</param>
    /// <param name="perSecond">
    /// Calls started per second by all clients; a call that starts late counts from when it was due. As many as can be
    /// where null.
    /// </param>
    public static async Task<Sample> Run(int clients, TimeSpan length, Func<int, int, Task> call,
        double? perSecond = null)
    {
        var times = new ConcurrentBag<double>();
        var (started, cpu) = (Stopwatch.GetTimestamp(), CpuTime.Now());
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (var n = 0; ; n++)
            {
                var due = perSecond is { } rate ? TimeSpan.FromSeconds(
                    (n + ((double)client / clients)) * clients / rate) : (TimeSpan?)null;
                var now = Stopwatch.GetElapsedTime(started);
                if ((due ?? now) >= length) return;
                if (due > now) await Task.Delay(due.Value - now);
                await call(client, n);
                times.Add((Stopwatch.GetElapsedTime(started) - (due ?? now)).TotalMilliseconds);
            }
        })));
        var took = Stopwatch.GetElapsedTime(started);
        return new Sample(times.Count / took.TotalSeconds, Quantile(times, 0.5), Quantile(times, 0.99),
            CpuTime.Since(cpu, times.Count));
    }

    /// <summary>Measures one and the other in turn.</summary>
    public static async Task<(Sample Product, Sample Reference)> Interleave(
        int pairs, Func<Task<Sample>> product, Func<Task<Sample>> reference)
    {
        List<Sample> ofProduct = [], ofReference = [];
        for (var pair = 0; pair < pairs; pair++)
        {
            ofProduct.Add(await product());
            ofReference.Add(await reference());
        }
        return (Sample.Median(ofProduct), Sample.Median(ofReference));
    }

    /// <summary>The value below which a share of the values lies (nearest rank); NaN of none.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0,
            sorted.Length - 1)];
    }

    /// <summary>The machine's load averages over 1, 5 and 15 minutes, where the system tells them.</summary>
    public static string Average() => File.Exists("/proc/loadavg")
        ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3))
        : "unknown";

    /// <summary>A ratio for a table.</summary>
    public static string Ratio(double one, double other) => Text(one / other);

    /// <summary>A number for a table.</summary>
    public static string Text(double value) => value.ToString(value < 10 ? "0.00" : "0.0",
        CultureInfo.InvariantCulture);
}
