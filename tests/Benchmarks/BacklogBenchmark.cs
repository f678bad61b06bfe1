using System.Diagnostics;
using Mes.Faults.Tests.Audit;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Mes.Tests.Support;
using static Mes.Benchmarks.Load;

namespace Mes.Benchmarks;

/// <summary>
/// How fast both editions work off what waits: real reports are made through the gateway while their events are held back,
/// then all events are there at once: of a system that runs, and of one that was killed and starts.
/// </summary>
static class BacklogBenchmark
{
    const int Clients = 32;
    static readonly PlantSize Size = new(MachinesPerStep: 10, Orders: 64);

    public static async Task Run(int rows)
    {
        Console.WriteLine($"""

            ## Backlog of {rows} distinct events of reports, four consumers each

            Bars: drained ≤ 60 s; of one that was killed, ready ≤ 15 s after its start, and drained ≤ 60 s after that.

            | | drained, s | killed: ready, s | then drained, s | findings | load average |
            |---|---|---|---|---|---|
            """);
        await using (var standalone = await StandaloneProcess.Install())
        {
            await Measure("standalone", standalone, rows, standalone.Kill, () => standalone.Start());
        }
        if (!RabbitMqNode.IsAvailable)
        {
            Console.WriteLine("| distributed | not measured: " + RabbitMqNode.Missing);
            return;
        }
        await using var distributed = await DistributedInstallation.Install();
        await Measure("distributed", distributed, rows,
            () => Task.WhenAll(distributed.Parts.ToList().Select(distributed.Kill)), async () =>
            {
                foreach (var part in distributed.Parts.ToList())
                {
                    distributed.StartWithoutWaiting(part);
                }
                await distributed.WaitUntilReady();
            });
    }

    static async Task Measure(string name, Edition edition, int rows, Func<Task> kill, Func<Task> start)
    {
        var auditor = await Auditor.Begin(edition, "B", Size);
        await HeldBack.Begin(edition);
        await Reports(edition, auditor, rows);
        await HeldBack.End(edition);
        var findings = await auditor.Verify();
        var running = auditor.Drained;

        await HeldBack.Begin(edition);
        await Reports(edition, auditor, rows);
        await kill();
        await HeldBack.End(edition);
        var started = Stopwatch.StartNew();
        await start();
        var ready = started.Elapsed;
        findings = [.. findings, .. await auditor.Verify()];
        Console.WriteLine($"| {name} | {Text(running.TotalSeconds)} | {Text(ready.TotalSeconds)} "
            + $"| {Text(auditor.Drained.TotalSeconds)} | {findings.Count} | {Average()} |");
        foreach (var finding in findings.Take(20))
        {
            Console.WriteLine(finding);
        }
    }

    static async Task Reports(Edition edition, Auditor auditor, int rows)
    {
        var left = rows;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var writer = new CommandWriter(auditor.Plant, new Random(client + auditor.Ledger.All.Count));
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var sent = auditor.Ledger.Add(writer.Report());
                var answer = await edition.Api.Send(sent.Command);
                auditor.Ledger.Note(sent, answer, false);
                if (!answer.IsAcknowledged)
                {
                    throw new InvalidOperationException($"{answer.Status} {answer.Body}");
                }
            }
        })));
    }
}
