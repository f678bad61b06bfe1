using System.Data;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Mes.Persistence;

/// <summary>What a check of the audit chain found.</summary>
/// <param name="FirstBreak">Position of the first entry that does not fit, or null where all that were looked at do.</param>
/// <param name="CheckedTo">The chain is sound up to this position.</param>
/// <param name="Length">Position of the chain's last entry.</param>
public sealed record AuditCheck(long? FirstBreak, long CheckedTo, long Length);

/// <summary>How the audit chain is hashed and checked.</summary>
public static class AuditChain
{
    const int PageRows = 5_000;

    /// <summary>How many entries a check from the last mark looks at.</summary>
    public const int EntriesMax = 50_000;

    /// <summary>
    /// SQL over <c>audit a</c>: what is hashed. Each field goes by its length, so that no two entries read alike.
    /// </summary>
    internal static readonly string Encoded = string.Join(" || ", Fields.Select(field =>
        $"coalesce(octet_length({field}) || ':' || {field}, '-')"));

    // What was hashed before: a separator may stand in a field, and nulls are left out.
    static readonly string EncodedAtFirst = $"concat_ws('|', {string.Join(", ", Fields)})";

    static string[] Fields =>
    [
        "a.id::text", "extract(epoch from a.at)::text", "a.actor_kind", "a.actor_id", "a.actor_name", "a.device", "a.action",
        "a.reason", "a.changes::text"
    ];

    /// <summary>SHA-256 over the previous hash and the entry.</summary>
    internal static byte[] Hash(byte[] previous, string content) =>
        SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(content)]);

    /// <summary>
    /// Walks the chain from where the last check ended, at most <see cref="EntriesMax"/> entries, and marks how far it came;
    /// or all of it. A tail that was cut off is a break.
    /// </summary>
    public static async Task<AuditCheck> Check(NpgsqlDataSource source, bool whole, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var head = await Mark(connection, "audit_chain_head", ct);
        var at = whole ? new ChainMark(0, new byte[32]) : await Mark(connection, "audit_chain_checked", ct);
        for (var last = whole ? head.Position : Math.Min(head.Position, at.Position + EntriesMax); at.Position < last;)
        {
            var page = await Page(connection, at, (int)Math.Min(PageRows, last - at.Position), ct);
            if (page.FirstBreak is not null)
            {
                return new AuditCheck(page.FirstBreak, page.End.Position, head.Position);
            }
            at = page.End;
        }
        var fits = at.Position < head.Position || (at.Position == head.Position && at.Hash.AsSpan().SequenceEqual(head.Hash));
        if (!fits)
        {
            return new AuditCheck(at.Position, at.Position - 1, head.Position);
        }
        await transaction.CommitAsync(ct);
        await Remember(connection, at, ct);     // outside the snapshot: two checks may end at once
        return new AuditCheck(null, at.Position, head.Position);
    }

    sealed record ChainMark(long Position, byte[] Hash);

    static async Task<(ChainMark End, long? FirstBreak)> Page(
        NpgsqlConnection connection, ChainMark from, int rows, CancellationToken ct)
    {
        // SQL: the encoding of an entry is an expression of its row; pages of the chain are read in one pass
        await using var command = new NpgsqlCommand(
            $"""
            SELECT c.position, c.hash, CASE c.encoding WHEN 1 THEN {EncodedAtFirst} ELSE {Encoded} END
            FROM audit_chain c LEFT JOIN audit a ON a.id = c.audit_id
            WHERE c.position > $1 ORDER BY c.position LIMIT $2
            """, connection)
        {
            Parameters = { new() { Value = from.Position }, new() { Value = rows } }
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (position, hash) = (from.Position, from.Hash);
        for (; await reader.ReadAsync(ct); position++)
        {
            var next = Hash(hash, reader.GetString(2));
            if (reader.GetInt64(0) != position + 1 || !next.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(1)))
            {
                return (new ChainMark(position, hash), position + 1);
            }
            hash = next;
        }
        return (new ChainMark(position, hash), position < from.Position + rows ? position + 1 : null);
    }

    static async Task<ChainMark> Mark(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"SELECT position, hash FROM {table}", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new ChainMark(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    static async Task Remember(NpgsqlConnection connection, ChainMark at, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "UPDATE audit_chain_checked SET position = $1, hash = $2 WHERE position < $1", connection)
        {
            Parameters = { new() { Value = at.Position }, new() { Value = at.Hash } }
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
