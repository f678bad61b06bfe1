using Mes.Persistence;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Features.Erp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace Mes.Benchmarks;

/// <summary>
/// What a production report writes, by bare Npgsql: prepared, in two batches and a commit, over connections set as the
/// service's, in a database with the service's tables and orders; audit chain and ERP feed follow the commits as in the
/// service. Texts (audited changes, event, answer) are those of a real report and are not made anew.
/// </summary>
sealed class BareReports : IAsyncDisposable
{
    static readonly string[] Copied = ["product", "routing", "operator", "sign_on", "work_order", "operation"];

    readonly TestDatabase _database;
    readonly NpgsqlDataSource _source;
    readonly IReadOnlyList<Guid> _operations;
    readonly Guid _signOn;
    readonly byte[] _hash = new byte[32];
    readonly BackgroundService[] _after;
    Dictionary<Guid, Guid> _orders = [];
    string _changes = "", _event = "", _answer = "";

    BareReports(TestDatabase database, IReadOnlyList<Guid> operations, Guid signOn)
    {
        (_database, _operations, _signOn) = (database, operations, signOn);
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.AppConnectionString)
        {
            MaxAutoPrepare = 20, AutoPrepareMinUsages = 1, NoResetOnClose = true
        });
        var service = new ServiceDatabase<WorkOrdersDb>("bare", _source, database.AppConnectionString,
            database.OwnerConnectionString);
        _after =
        [
            new AuditChainWriter<WorkOrdersDb>(service, TimeProvider.System,
                NullLogger<AuditChainWriter<WorkOrdersDb>>.Instance),
            new ConfirmationSequencer(service, TimeProvider.System, NullLogger<ConfirmationSequencer>.Instance)
        ];
    }

    /// <summary>Makes a database with the same tables, master data and orders.</summary>
    public static async Task<BareReports> Create(ServiceHost<WorkOrdersDb> service, IReadOnlyList<Guid> operations,
        Guid signOn)
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("workorders");
        await using (var db = new WorkOrdersDb(new DbContextOptionsBuilder<WorkOrdersDb>().UseNpgsql(
            database.OwnerConnectionString).Options))
        {
            await db.Database.MigrateAsync();
        }
        var bare = new BareReports(database, operations, signOn);
        await bare.Copy(service);
        foreach (var after in bare._after) await after.StartAsync(CancellationToken.None);
        return bare;
    }

    async Task Copy(ServiceHost<WorkOrdersDb> service)
    {
        foreach (var table in Copied)
        {
            var rows = await service.Query<string>($"SELECT json_agg(t)::text FROM {table} t");
            await using var insert = _source.CreateCommand(
                $"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, $1::json)");
            insert.Parameters.AddWithValue(rows);
            await insert.ExecuteNonQueryAsync();
        }
        _changes = await service.Query<string>(
            "SELECT a.changes::text FROM audit a WHERE action LIKE '%/reports%' LIMIT 1");
        _event = await service.Query<string>("SELECT body::text FROM outbox WHERE type = 'ProductionReported' LIMIT 1");
        _answer = await service.Query<string>(
            "SELECT answer::text FROM command_log WHERE command_id = (SELECT id FROM report LIMIT 1)");
        await using var orders = _source.CreateCommand("SELECT id, order_id FROM operation");
        await using var reader = await orders.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _orders[reader.GetGuid(0)] = reader.GetGuid(1);
        }
    }

    /// <summary>Writes for a time, then waits until all that follows the commits is done.</summary>
    public async Task<Sample> Measure(TimeSpan length)
    {
        var sample = await Load.Run(ReportBenchmark.Clients, length, Report);
        await ReportBenchmark.Drained(async sql =>
        {
            await using var command = _source.CreateCommand(sql);
            return (bool)(await command.ExecuteScalarAsync())!;
        });
        return sample;
    }

    async Task Report(int client, int n)
    {
        var id = Guid.NewGuid();
        var operation = _operations[ReportBenchmark.Target(client, n)];
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Read(connection, id, operation);
        await Write(connection, id, operation);
        await transaction.CommitAsync();
    }

    static async Task Read(NpgsqlConnection connection, Guid id, Guid operation)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "SELECT status, answer FROM command_log WHERE scope = $1 AND command_id = $2", "user:tester", id);
        Add(batch, "SELECT * FROM work_order WHERE id = (SELECT order_id FROM operation WHERE id = $1) FOR NO KEY UPDATE",
            operation);
        await using var reader = await batch.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
            {
                // as any caller: to the end
            }
        }
        while (await reader.NextResultAsync());
    }

    async Task Write(NpgsqlConnection connection, Guid id, Guid operation)
    {
        var (now, order, entry) = (TimeProvider.System.GetUtcNow().UtcDateTime, _orders[operation],
            Guid.CreateVersion7());
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, """
            INSERT INTO report (id, order_id, operation_id, equipment, operator, sign_on_id, activity, started_at,
                ended_at, good, scrap,
                nonconforming, is_rework, consumed, reported_at)
            VALUES ($1, $2, $3, 'm1', 'O', $4, 'Run', $5, $6, 1, 0, 0, false, '[]', $6)
            """, id, order, operation, _signOn, now.AddMinutes(-5), now);
        Add(batch, """
            INSERT INTO audit (id, at, actor_kind, actor_id, actor_name, action, changes)
            VALUES ($1, $2, 'User', 'tester', 'Tester', 'POST /api/work-orders/operations/{operationId:guid}/reports', $3)
            """, entry, now, Json(_changes, NpgsqlDbType.Jsonb));
        Add(batch, "INSERT INTO audit_unchained (audit_id) VALUES ($1)", entry);
        Add(batch, "INSERT INTO erp_pending (report_id) VALUES ($1)", id);
        Add(batch, "INSERT INTO outbox (message_id, type, body) VALUES ($1, 'ProductionReported', $2) RETURNING id",
            Guid.CreateVersion7(), Json(_event, NpgsqlDbType.Jsonb));
        Add(batch, "INSERT INTO command_log (scope, command_id, content_hash, status, answer) VALUES ($1, $2, $3, 200, $4)",
            "user:tester", id, _hash, Json(_answer, NpgsqlDbType.Json));
        Add(batch, "UPDATE operation SET good = good + 1, status = 'Started', last_ended_at = $2 WHERE id = $1",
            operation, now);
        Add(batch, "UPDATE work_order SET reports = reports + 1 WHERE id = $1", order);
        await batch.ExecuteNonQueryAsync();
    }

    static NpgsqlParameter Json(string text, NpgsqlDbType type) => new() { Value = text, NpgsqlDbType = type };

    static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        }
        batch.BatchCommands.Add(command);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var after in _after) await after.StopAsync(CancellationToken.None);
        Array.ForEach(_after, after => after.Dispose());
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
