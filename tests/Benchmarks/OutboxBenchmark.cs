using System.Diagnostics;
using Mes.Tests.Support;
using static Mes.Benchmarks.Load;

namespace Mes.Benchmarks;

/// <summary>
/// From the commit that leaves a message in the outbox to the commit of the consumer's transaction: the product over
/// RabbitMQ and
/// within the process, against RabbitMQ.Client and Npgsql doing the same durable work by hand.
/// </summary>
static class OutboxBenchmark
{
    const double PacedPerSecond = 50;
    const int BatchPerSecond = 400;     // the size of a batch, per second of the run's length
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    public static async Task Run(BenchmarkOptions options)
    {
        if (!RabbitMqNode.IsAvailable)
        {
            Console.WriteLine("\nOutbox: not measured. " + RabbitMqNode.Missing);
            return;
        }
        await using var broker = await RabbitMqNode.StartAsync();
        await using var bare = await BareOutbox.Start(await broker.CreateVirtualHostAsync("bare"));
        await using var distributed = await ProductOutbox.Start(await broker.CreateVirtualHostAsync("product"));
        await using var inProcess = await ProductOutbox.Start(null);
        foreach (var side in new OutboxSide[] { bare, distributed, inProcess })
        {
            await Batch(side, 3000);      // compiled for good
        }
        await Compare("RabbitMQ", distributed, bare, options);
        await Compare("in-process (reference over RabbitMQ)", inProcess, bare, options);
    }

    static async Task Compare(string edition, OutboxSide product, OutboxSide bare, BenchmarkOptions options)
    {
        var rows = (int)(BatchPerSecond * options.Length.TotalSeconds);
        var (ours, theirs) = await Interleave(options.Pairs, () => Batch(product, rows), () => Batch(bare, rows));
        var (pacedOurs, pacedTheirs) = await Interleave(
            options.Pairs, () => Paced(product, options.Length), () => Paced(bare, options.Length));
        var (rate, p50, p99) = (Ratio(ours.PerSecond, theirs.PerSecond),
            Ratio(pacedOurs.P50Ms, pacedTheirs.P50Ms), Ratio(pacedOurs.P99Ms, pacedTheirs.P99Ms));
        var (theirP50, theirP99) = (Text(pacedTheirs.P50Ms), Text(pacedTheirs.P99Ms));
        Console.WriteLine($"""

            ## Outbox to consumer, {edition}: batches of {rows} rows; p50 and p99 at {PacedPerSecond} commits/s

            | | messages/s | CPU ms each | commit to effect p50 ms | p99 ms |
            |---|---|---|---|---|
            | product | {Text(ours.PerSecond)} | {ours.Cpu} | {Text(pacedOurs.P50Ms)} | {Text(pacedOurs.P99Ms)} |
            | RabbitMQ.Client and Npgsql | {Text(theirs.PerSecond)} | {theirs.Cpu} | {theirP50} | {theirP99} |
            | ratio (bar ≥ 0.7 of messages/s; product's p50 ≤ 20 ms) | {rate} | | {p50} | {p99} |
            """);
    }

    /// <summary>Commits many rows at once, and counts from there to the last effect.</summary>
    static async Task<Sample> Batch(OutboxSide side, int rows)
    {
        var landing = side.Expect(rows);
        await side.Commit(0, rows);
        var (committed, cpu) = (Stopwatch.GetTimestamp(), CpuTime.Now());
        await landing.All.WaitAsync(Bound);
        var took = Stopwatch.GetElapsedTime(committed);
        await side.Drained(Bound);
        return new Sample(rows / took.TotalSeconds, double.NaN, double.NaN, CpuTime.Since(cpu, rows));
    }

    /// <summary>Commits single rows at a steady rate.</summary>
    static async Task<Sample> Paced(OutboxSide side, TimeSpan length)
    {
        var rows = (int)(PacedPerSecond * length.TotalSeconds);
        var landing = side.Expect(rows);
        var committed = new long[rows];
        var (started, cpu) = (Stopwatch.GetTimestamp(), CpuTime.Now());
        for (var row = 0; row < rows; row++)
        {
            var wait = TimeSpan.FromSeconds(row / PacedPerSecond) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            await side.Commit(row, 1);
            committed[row] = Stopwatch.GetTimestamp();
        }
        await landing.All.WaitAsync(Bound);
        var times = landing.At.Zip(committed, (at, from) => Math.Max(0, Stopwatch.GetElapsedTime(from,
            at).TotalMilliseconds)).ToList();
        var took = Stopwatch.GetElapsedTime(started);
        await side.Drained(Bound);
        return new Sample(rows / took.TotalSeconds, Quantile(times, 0.5), Quantile(times, 0.99),
            CpuTime.Since(cpu, rows));
    }
}
