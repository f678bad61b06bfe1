using Mes.Faults.Tests.Audit;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Mes.Tests.Support;
using Npgsql;
using static Mes.Benchmarks.Load;

namespace Mes.Benchmarks;

/// <summary>
/// The whole distributed edition on this machine: PostgreSQL, RabbitMQ, gateway and five services, under the production
/// reports of a shift through the gateway. Then all effects are waited for, and the fault tests' auditor compares every sum
/// with what was acknowledged. The load generator takes its share of the same processors.
/// </summary>
static class SystemBenchmark
{
    const int Clients = 32;
    const double PerSecondBar = 300;
    static readonly PlantSize Size = new(MachinesPerStep: 40, Orders: 640);

    public static async Task Run(TimeSpan length, TimeSpan warmUp)
    {
        if (!RabbitMqNode.IsAvailable)
        {
            Console.WriteLine("\nSystem: not measured. " + RabbitMqNode.Missing);
            return;
        }
        await using var edition = await DistributedInstallation.Install();
        var auditor = await Auditor.Begin(edition, "W", Size);
        var shift = new Shift(auditor.Plant);
        await Reports(edition, auditor, shift, warmUp);
        await auditor.Verify();
        await Analyze(edition);
        var before = ProcessTimes.Now();
        var most = await Reports(edition, auditor, shift, length);
        var findings = await auditor.Verify();
        var drained = auditor.Drained;
        var times = ProcessTimes.Since(before, most.PerSecond * length.TotalSeconds);
        // drained to the end: a rate that can be kept up is one that leaves nothing behind
        var paced = await Reports(edition, auditor, shift, length, PerSecondBar);
        var pacedFindings = await auditor.Verify();
        var sustained = most.PerSecond * length.TotalSeconds / (length + drained).TotalSeconds;
        Console.WriteLine($"""

            ## Whole distributed edition: {Clients} clients, {length.TotalSeconds} s

            {Size.Orders} orders on {auditor.Plant.Machines.Count} machines, after a warm-up of {warmUp.TotalSeconds} s.

            | | reports/s accepted | p50 ms | p99 ms | drained after, s | auditor's findings |
            |---|---|---|---|---|---|
            {Row("as many as can be", most, drained, findings)}
            {Row($"at {PerSecondBar}/s", paced, auditor.Drained, pacedFindings)}

            Processor time of a report, drain included, {Text(times.Sum(t => t.Ms))} ms:
            {string.Join(", ", times.Select(t => $"{t.Name} {Text(t.Ms)}"))}.

            Bar: ≥ {PerSecondBar}/s, drained ≤ 60 s, no finding. Sustained, drain included: {Text(sustained)}/s.
            """);
        foreach (var finding in findings.Concat(pacedFindings).Take(20))
        {
            Console.WriteLine(finding);
        }
    }

    // What PostgreSQL does by itself within minutes: until then it plans for the empty tables that it has seen.
    static async Task Analyze(Edition edition)
    {
        foreach (var service in Edition.Databases)
        {
            await using var connection = await edition.Open(service);
            await using var analyze = new NpgsqlCommand("ANALYZE", connection);
            await analyze.ExecuteNonQueryAsync();
        }
    }

    static string Row(string what, Sample sample, TimeSpan drained, IReadOnlyList<Finding> findings) =>
        $"| {what} | {Text(sample.PerSecond)} | {Text(sample.P50Ms)} | {Text(sample.P99Ms)} "
        + $"| {Text(drained.TotalSeconds)} | {findings.Count} |";

    static Task<Sample> Reports(Edition edition, Auditor auditor, Shift shift, TimeSpan length, double? perSecond = null)
    {
        var randoms = Enumerable.Range(0, Clients).Select(client => new Random(client)).ToArray();
        return Load.Run(Clients, length, async (client, _) =>
        {
            var sent = auditor.Ledger.Add(shift.Next(randoms[client]));
            var answer = await edition.Api.Send(sent.Command);
            auditor.Ledger.Note(sent, answer, false);
            if (!answer.IsAcknowledged)
            {
                throw new InvalidOperationException($"{answer.Status} {answer.Body}");
            }
            shift.Done((Reported)sent.Command.Effect);
        }, perSecond);
    }
}
