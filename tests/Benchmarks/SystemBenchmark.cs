using Mes.Faults.Tests.Audit;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Mes.Tests.Support;
using static Mes.Benchmarks.Load;

namespace Mes.Benchmarks;

/// <summary>
/// The whole distributed edition on this machine: PostgreSQL, RabbitMQ, gateway and five services, under production
/// reports through the gateway. Then all effects are waited for, and the fault tests' auditor compares every sum with
/// what was acknowledged. The load generator takes its share of the same processors.
/// </summary>
static class SystemBenchmark
{
    const int Clients = 32;
    const double PerSecondBar = 500;
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    static readonly PlantSize Size = new(MachinesPerStep: 10, Orders: 64);

    public static async Task Run(TimeSpan length)
    {
        if (!RabbitMqNode.IsAvailable)
        {
            Console.WriteLine("\nSystem: not measured. " + RabbitMqNode.Missing);
            return;
        }
        await using var edition = await DistributedInstallation.Install();
        var auditor = await Auditor.Begin(edition, "W", Size);
        await Reports(edition, auditor, WarmUp);
        var most = await Reports(edition, auditor, length);
        var findings = await auditor.Verify();
        var drained = auditor.Drained;
        // drained to the end: a rate that can be kept up is one that leaves nothing behind
        var paced = await Reports(edition, auditor, length, PerSecondBar);
        var pacedFindings = await auditor.Verify();
        var sustained = most.PerSecond * length.TotalSeconds / (length + drained).TotalSeconds;
        Console.WriteLine($"""

            ## Whole distributed edition: {Clients} clients, {Size.Orders} orders, {length.TotalSeconds} s

            | | reports/s accepted | p50 ms | p99 ms | drained after, s | auditor's findings |
            |---|---|---|---|---|---|
            {Row("as many as can be", most, drained, findings)}
            {Row($"at {PerSecondBar}/s", paced, auditor.Drained, pacedFindings)}

            Bar: ≥ {PerSecondBar}/s, drained ≤ 60 s, no finding. Sustained, drain included: {Text(sustained)}/s.
            """);
        foreach (var finding in findings.Concat(pacedFindings).Take(20))
        {
            Console.WriteLine(finding);
        }
    }

    static string Row(string what, Sample sample, TimeSpan drained, IReadOnlyList<Finding> findings) =>
        $"| {what} | {Text(sample.PerSecond)} | {Text(sample.P50Ms)} | {Text(sample.P99Ms)} "
        + $"| {Text(drained.TotalSeconds)} | {findings.Count} |";

    static Task<Sample> Reports(Edition edition, Auditor auditor, TimeSpan length, double? perSecond = null)
    {
        var writers = Enumerable.Range(0, Clients)
            .Select(client => new CommandWriter(auditor.Plant, new Random(client))).ToArray();
        return Load.Run(Clients, length, async (client, _) =>
        {
            var sent = auditor.Ledger.Add(writers[client].Report());
            var answer = await edition.Api.Send(sent.Command);
            auditor.Ledger.Note(sent, answer, false);
            if (!answer.IsAcknowledged)
            {
                throw new InvalidOperationException($"{answer.Status} {answer.Body}");
            }
        }, perSecond);
    }
}
