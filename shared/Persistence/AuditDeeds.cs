using Microsoft.EntityFrameworkCore;

namespace Mes.Persistence;

/// <summary>
/// What of a trail was done by whom: as few pairs of action and actor as one asks for, each of which the index has together in
/// the order of time. Found through them, what somebody seldom did is not sought through all that others did meanwhile.
/// </summary>
public sealed class AuditDeeds
{
    // Whoever asks for more finds so many entries that the trail itself is walked faster
    const int PairsMax = 300;

    readonly string[] _actions;
    readonly string[] _actors;

    AuditDeeds(IReadOnlyList<Pair> pairs) =>
        (_actions, _actors) = ([.. pairs.Select(pair => pair.Action)], [.. pairs.Select(pair => pair.ActorName)]);

    /// <summary>Those that match, or null where they are many.</summary>
    /// <param name="db">The service's database.</param>
    /// <param name="actions">Patterns, one of which the action is like; any where there are none.</param>
    /// <param name="actor">A pattern that the actor's name is like, or null for any.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<AuditDeeds?> Like(MesDbContext db, string[] actions, string? actor, CancellationToken ct)
    {
        // SQL: from one pair to the next through the index, past all entries of each
        var pairs = await db.Database.SqlQuery<Pair>(
            $"""
            WITH RECURSIVE done AS (
                (SELECT action FROM audit ORDER BY action LIMIT 1)
                UNION ALL
                SELECT (SELECT a.action FROM audit a WHERE a.action > done.action ORDER BY a.action LIMIT 1)
                FROM done WHERE done.action IS NOT NULL),
            deed AS (
                SELECT action,
                    (SELECT a.actor_name FROM audit a WHERE a.action = done.action ORDER BY a.actor_name LIMIT 1) AS actor
                FROM done WHERE action IS NOT NULL AND ({actions} = ARRAY[]::text[] OR action ILIKE ANY ({actions}))
                UNION ALL
                SELECT action, (SELECT a.actor_name FROM audit a WHERE a.action = deed.action AND a.actor_name > deed.actor
                    ORDER BY a.actor_name LIMIT 1)
                FROM deed WHERE actor IS NOT NULL)
            SELECT action AS "Action", actor AS "ActorName" FROM deed
            WHERE actor IS NOT NULL AND ({actor}::text IS NULL OR actor ILIKE {actor}) LIMIT {PairsMax + 1}
            """).ToListAsync(ct);
        return pairs.Count <= PairsMax ? new AuditDeeds(pairs) : null;
    }

    /// <summary>Their newest entries: at most so many of each within a time and before one of them.</summary>
    public IQueryable<AuditEntry> Newest(
        DbSet<AuditEntry> entries, DateTimeOffset from, DateTimeOffset to, (DateTimeOffset At, Guid Id) before, int count) =>
        entries.FromSql($"""
            SELECT newest.* FROM unnest({_actions}, {_actors}) AS deed (action, actor_name) CROSS JOIN LATERAL (
                SELECT * FROM audit a WHERE a.action = deed.action AND a.actor_name = deed.actor_name
                    AND a.at >= {from} AND a.at < {to} AND (a.at, a.id) < ({before.At}, {before.Id})
                ORDER BY a.at DESC, a.id DESC LIMIT {count}) newest OFFSET 0
            """);

    sealed record Pair(string Action, string ActorName);
}
