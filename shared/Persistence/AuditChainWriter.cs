using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Persistence;

/// <summary>
/// Closes the hash chain over the audit trail after the commits: one writer per service gives each entry its position and a
/// hash over the entry and the hash before, so that no entry can be changed, removed or slipped in unseen.
/// </summary>
public sealed partial class AuditChainWriter<TDb>(
    ServiceDatabase<TDb> database, TimeProvider clock, ILogger<AuditChainWriter<TDb>> log)
    : BackgroundService where TDb : MesDbContext
{
    const long LockKey = 0x4D6573417564;     // 'MesAud'
    const int BatchRows = 500;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        for (var wasAway = false; await timer.WaitForNextTickAsync(stoppingToken);)
        {
            try
            {
                while (await ChainBatch(stoppingToken) == BatchRows)
                {
                    // until the trail is chained to its end
                }
                if (wasAway) database.ForgetConnections();
                wasAway = false;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                wasAway |= Outage.Is(failure);
                ChainStopped(log, database.Service, failure.Message);
            }
        }
    }

    async Task<int> ChainBatch(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await Turn.Try(connection, LockKey, ct))
        {
            return 0;
        }
        var entries = await Unchained(connection, ct);
        if (entries.Count > 0)
        {
            await Append(connection, entries, ct);
            await transaction.CommitAsync(ct);
        }
        return entries.Count;
    }

    static async Task Append(NpgsqlConnection connection, List<(Guid Id, string Content)> entries, CancellationToken ct)
    {
        var (position, hash) = await Last(connection, ct);
        var first = position + 1;
        var hashes = new List<byte[]>();
        foreach (var (_, content) in entries)
        {
            hash = AuditChain.Hash(hash, content);
            hashes.Add(hash);
        }
        // SQL: a batch of entries is chained, and waits no longer, by one statement
        await using var command = new NpgsqlCommand(
            """
            WITH entry AS (SELECT * FROM unnest($1::uuid[], $2::bytea[]) WITH ORDINALITY AS e(id, hash, number)),
                 added AS (INSERT INTO audit_chain (position, audit_id, hash, encoding)
                           SELECT $3 + number - 1, id, hash, 2 FROM entry)
            DELETE FROM audit_unchained WHERE audit_id = ANY ($1)
            """, connection)
        {
            Parameters =
            {
                new() { Value = entries.Select(entry => entry.Id).ToArray() },
                new() { Value = hashes.ToArray() },
                new() { Value = first }
            }
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    static async Task<List<(Guid, string)>> Unchained(NpgsqlConnection connection, CancellationToken ct)
    {
        // each entry by its key: a join that is planned while the trail is short walks all of it when it is long
        await using var command = new NpgsqlCommand(
            $"""
            SELECT u.audit_id, (SELECT {AuditChain.Encoded} FROM audit a WHERE a.id = u.audit_id)
            FROM audit_unchained u ORDER BY u.audit_id LIMIT {BatchRows}
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var entries = new List<(Guid, string)>();
        while (await reader.ReadAsync(ct))
        {
            entries.Add((reader.GetGuid(0), reader.GetString(1)));
        }
        return entries;
    }

    static async Task<(long Position, byte[] Hash)> Last(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "SELECT position, hash FROM audit_chain_head", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    [LoggerMessage(2006, LogLevel.Error, "{Service}: audit chain not written, trying again: {Why}")]
    static partial void ChainStopped(ILogger log, string service, string why);
}
