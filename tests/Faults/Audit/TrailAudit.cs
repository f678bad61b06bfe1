using System.Diagnostics;
using Dapper;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Npgsql;

namespace Mes.Faults.Tests.Audit;

/// <summary>The audit trail and the ways of messages: I8, I10.</summary>
sealed class TrailAudit(Edition edition, Model model, Findings findings)
{
    /// <summary>The commands that change entities: each leaves one entry under this action.</summary>
    static readonly Dictionary<CommandKind, string> Actions = new()
    {
        [CommandKind.Report] = "workorders POST /api/work-orders/operations/{id:guid}/reports",
        [CommandKind.Undo] = "workorders POST /api/work-orders/reports/{id:guid}/undo",
        [CommandKind.StartWork] = "workorders POST /api/work-orders/operations/{id:guid}/work",
        [CommandKind.PauseWork] = "workorders POST /api/work-orders/work/{id:guid}/pause",
        [CommandKind.ResumeWork] = "workorders POST /api/work-orders/work/{id:guid}/resume",
        [CommandKind.FinishWork] = "workorders POST /api/work-orders/work/{id:guid}/finish",
        [CommandKind.CreateOrder] = "workorders PUT /api/erp/orders/{order}",
        [CommandKind.CloseOrder] = "workorders POST /api/erp/orders/{order}/close",
        [CommandKind.Downtime] = "equipment POST /api/equipment/units/{code}/downtimes",
        [CommandKind.Hold] = "quality POST /api/quality/holds",
        [CommandKind.Release] = "quality POST /api/quality/holds/{id:guid}/release",
        [CommandKind.Receipt] = "inventory POST /api/inventory/receipts",
        [CommandKind.Issue] = "inventory POST /api/inventory/issues"
    };

    static readonly TimeSpan LeftBound = TimeSpan.FromSeconds(10);       // where other suites run

    public async Task Check(Baseline before)
    {
        await CheckEntries(before);
        foreach (var service in new[] { "identity", "work-orders", "scheduling", "quality", "inventory", "equipment" })
        {
            var verdict = await edition.Api.Get($"{service}/audit/verdict");
            findings.Equal("I8", $"audit chain of {service} {verdict.ToJsonString()}", true, (bool)verdict["isIntact"]!);
            var parked = await edition.Api.GetAll($"{service}/parked-messages");
            findings.Same("I10", $"parked messages of {service}", [], parked.Select(row => row.ToJsonString()));
        }
        foreach (var service in Edition.Databases)
        {
            await using var database = await edition.Open(service);
            findings.Equal("I10", $"outbox of {service}", 0L, await Left(database, "SELECT count(*) FROM outbox"));
            findings.Equal("I8", $"entries outside the chain of {service}", 0L, await Left(database, OutsideChain));
        }
    }

    const string OutsideChain = """
        SELECT count(*) FROM audit a FULL JOIN audit_chain c ON c.audit_id = a.id
        WHERE a.id IS NULL OR c.audit_id IS NULL
        """;

    /// <summary>
    /// A plan that was found meanwhile is published and leaves an entry too, which are sent on at once and chained within a
    /// second: what stays is told.
    /// </summary>
    static async Task<long> Left(NpgsqlConnection database, string sql)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var left = await database.ExecuteScalarAsync<long>(sql);
            if (left == 0 || waited.Elapsed > LeftBound) return left;
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    async Task CheckEntries(Baseline before)
    {
        var now = await Baseline.AuditCounts(edition);
        foreach (var (kind, action) in Actions)
        {
            var entries = now.GetValueOrDefault(action) - before.Audit.GetValueOrDefault(action);
            var commands = model.Ledger.All.LongCount(sent => sent.Acknowledged is not null && sent.Command.Kind == kind);
            findings.Equal("I8", $"audit entries of {kind}", commands, entries);
        }
    }
}
