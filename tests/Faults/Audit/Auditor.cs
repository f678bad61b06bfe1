using System.Diagnostics;
using System.Text.Json.Nodes;
using Dapper;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Mes.Tests.Support;

namespace Mes.Faults.Tests.Audit;

/// <summary>
/// Compares what the services say with the auditor's own model of what was acknowledged: I1–I6 and I8–I11 of the domain's
/// invariants (I7, the plan, is the engine's verifier's).
/// </summary>
public sealed class Auditor
{
    /// <summary>How long the effects of a scenario may take to drain on a busy machine; the bar is 30 s on an idle one.</summary>
    static readonly TimeSpan DrainBound = TimeSpan.FromSeconds(90);

    readonly Edition _edition;
    readonly Baseline _before;

    Auditor(Edition edition, Plant plant, Baseline before) => (_edition, Plant, _before) = (edition, plant, before);

    public Plant Plant { get; }
    public Ledger Ledger { get; } = new();

    /// <summary>Builds a plant of its own on the installation and remembers how everything stood before the load.</summary>
    public static async Task<Auditor> Begin(Edition edition, string name, PlantSize? size = null)
    {
        var plant = await Plant.Build(edition.Api, $"{name}{Guid.NewGuid().ToString("n")[..4]}", size);
        await Drain(edition);
        return new Auditor(edition, plant, await Baseline.Read(edition));
    }

    /// <summary>
    /// I11, before anything is sent again: what got no answer is absent or complete, never partial. Its entry in the command
    /// log and its effect are both there, or neither.
    /// </summary>
    public async Task<IReadOnlyList<Finding>> CheckUnacknowledged()
    {
        var findings = new Findings();
        foreach (var ofService in Ledger.Open.Select(sent => sent.Command).GroupBy(command => command.Database))
        {
            await using var database = await _edition.Open(ofService.Key);
            foreach (var command in ofService.Where(command => EffectSql(command.Kind) is not null))
            {
                var (isLogged, isDone) = await database.QuerySingleAsync<(bool, bool)>(
                    $"SELECT EXISTS (SELECT FROM command_log WHERE command_id = @Id), EXISTS ({EffectSql(command.Kind)})",
                    new { command.Id, Number = (command.Effect as Ordered)?.Number });
                findings.Equal("I11", $"effect of unanswered {command.Kind} {command.Id}", isLogged, isDone);
            }
        }
        return findings.All;
    }

    /// <summary>How long the last drain took.</summary>
    public TimeSpan Drained { get; private set; }

    /// <summary>Waits until nothing is under way any more, then compares everything.</summary>
    public async Task<IReadOnlyList<Finding>> Verify()
    {
        var model = new Model(Plant, Ledger);
        var findings = new Findings();
        await findings.Try("I10", "everything drains", async () => Drained = await Drain(_edition));
        findings.Same("I11", "answers that contradict each other", [], Ledger.Contradictions);
        findings.Same("I11", "commands without a final answer", [], Ledger.Open.Select(sent => sent.Command.Id));
        await new ProductionAudit(_edition, model, findings).Check(_before);
        await new StockAudit(_edition, model, findings).Check();
        await new TrailAudit(_edition, model, findings).Check(_before);
        return findings.All;
    }

    /// <summary>
    /// Nothing is under way once outboxes and broker were found empty one after the other and nothing was published meanwhile:
    /// what a service sends on last may come to another that was looked at before.
    /// </summary>
    static async Task<TimeSpan> Drain(Edition edition)
    {
        var waited = Stopwatch.StartNew();
        for (var (before, now) = (-1L, await Published(edition)); before != now;)
        {
            before = now;
            await NothingIsLeft(edition);
            await Poll.Until(async () => await edition.CountInBroker() == 0, DrainBound, "the broker drains");
            await NothingIsLeft(edition);       // of what came from the broker
            now = await Published(edition);
        }
        return waited.Elapsed;
    }

    static async Task NothingIsLeft(Edition edition)
    {
        foreach (var service in Edition.Databases)
        {
            await Poll.Until(async () =>
            {
                await using var database = await edition.Open(service);
                var left = await database.ExecuteScalarAsync<long>(Left(service));
                return left == 0 ? true : throw new InvalidOperationException($"{left} rows left in {service}");
            }, DrainBound, $"{service} drains");
        }
    }

    /// <summary>How many messages were ever put into the outboxes, about: it rises with each.</summary>
    static async Task<long> Published(Edition edition)
    {
        var published = 0L;
        foreach (var service in Edition.Databases)
        {
            await using var database = await edition.Open(service);
            published += await database.ExecuteScalarAsync<long>(
                "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'id')), 0)");
        }
        return published;
    }

    static string Left(string service) => "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM audit_unchained)"
        + service switch
        {
            "workorders" => " + (SELECT count(*) FROM erp_pending)",
            "equipment" => " + (SELECT count(*) FROM figure_dirty)",
            _ => ""
        };

    static string? EffectSql(CommandKind kind) => kind switch
    {
        CommandKind.Report or CommandKind.Undo or CommandKind.PauseWork or CommandKind.FinishWork
            => "SELECT FROM report WHERE id = @Id",
        CommandKind.StartWork => "SELECT FROM work WHERE id = @Id",
        CommandKind.Downtime => "SELECT FROM downtime WHERE id = @Id",
        CommandKind.Receipt or CommandKind.Issue => "SELECT FROM movement WHERE source_id LIKE '%/' || @Id::text",
        CommandKind.CreateOrder => "SELECT FROM work_order WHERE number = @Number",
        _ => null
    };
}

/// <summary>How the figures that are summed over the whole installation stood before a scenario.</summary>
sealed record Baseline(JsonNode Work, JsonNode Quality, IReadOnlyDictionary<string, long> Audit)
{
    public static async Task<Baseline> Read(Edition edition) => new(
        await edition.Api.Get($"work-orders/summary?{MesApi.Year}"),
        await edition.Api.Get($"quality/nonconformances/summary?{MesApi.Year}"),
        await AuditCounts(edition));

    /// <summary>Number of audit entries by service and action.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> AuditCounts(Edition edition)
    {
        var counts = new Dictionary<string, long>();
        foreach (var service in Edition.Databases)
        {
            await using var database = await edition.Open(service);
            foreach (var (action, count) in await database.QueryAsync<(string, long)>(
                         "SELECT split_part(action, ' for operator ', 1) AS verb, count(*) FROM audit GROUP BY verb"))
            {
                counts[$"{service} {action}"] = count;
            }
        }
        return counts;
    }
}
