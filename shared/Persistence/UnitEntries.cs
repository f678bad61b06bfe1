using Npgsql;
using NpgsqlTypes;

namespace Mes.Persistence;

/// <summary>
/// What a unit of work enters beside its own rows: audit entries and events. Every one has some, so they are written by
/// hand, in the round trip of the commit where there is one.
/// </summary>
sealed class UnitEntries
{
    // SQL: each kind by one statement, in the round trip of the commit
    const string AuditSql = """
        WITH entry AS (
            INSERT INTO audit (id, at, actor_kind, actor_id, actor_name, device, action, reason, changes)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id)
        INSERT INTO audit_unchained (audit_id) SELECT id FROM entry
        """;

    const string OutboxSql = """
        INSERT INTO outbox (message_id, type, body, queue, trace_parent)
        SELECT message_id, type, body, queue, trace_parent
        FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS e (message_id, type, body, queue, trace_parent, place)
        ORDER BY place
        """;

    readonly List<AuditEntry> _audit = [];
    readonly List<OutboxMessage> _events = [];

    public bool IsEmpty => _audit.Count == 0 && _events.Count == 0;

    public void Add(AuditEntry entry) => _audit.Add(entry);

    public void Add(OutboxMessage message) => _events.Add(message);

    /// <summary>Takes over what another context of the same transaction enters.</summary>
    public void Take(UnitEntries other)
    {
        _audit.AddRange(other._audit);
        _events.AddRange(other._events);
        other.Clear();
    }

    /// <summary>The statements that write them; they are its no longer.</summary>
    public List<NpgsqlBatchCommand> Write()
    {
        List<NpgsqlBatchCommand> statements = [.. _audit.Select(Statement)];     // nearly always one
        if (_events.Count > 0)
        {
            statements.Add(Statement(OutboxSql,
                Of(_events, message => message.MessageId, NpgsqlDbType.Uuid), Of(_events, message => message.Type),
                Of(_events, message => message.Body, NpgsqlDbType.Jsonb), Of(_events, message => message.Queue),
                Of(_events, message => message.TraceParent)));
        }
        Clear();
        return statements;
    }

    void Clear()
    {
        _audit.Clear();
        _events.Clear();
    }

    static NpgsqlBatchCommand Statement(AuditEntry entry) => Statement(AuditSql,
        new() { Value = entry.Id }, new() { Value = entry.At }, Of(ActorKinds.Spell(entry.ActorKind)), Of(entry.ActorId),
        Of(entry.ActorName), Of(entry.Device), Of(entry.Action), Of(entry.Reason), Of(entry.Changes, NpgsqlDbType.Jsonb));

    static NpgsqlBatchCommand Statement(string sql, params NpgsqlParameter[] parameters)
    {
        var statement = new NpgsqlBatchCommand(sql);
        statement.Parameters.AddRange(parameters);
        return statement;
    }

    static NpgsqlParameter Of(string? value, NpgsqlDbType type = NpgsqlDbType.Text) =>
        new() { NpgsqlDbType = type, Value = (object?)value ?? DBNull.Value };

    static NpgsqlParameter Of<TRow, T>(List<TRow> rows, Func<TRow, T> of, NpgsqlDbType type = NpgsqlDbType.Text) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = rows.Select(of).ToArray() };
}
