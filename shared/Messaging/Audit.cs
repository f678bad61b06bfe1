using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Mes.Messaging;

/// <summary>One change and who made it: append-only, hash-chained after the commit.</summary>
public sealed class AuditEntry
{
    /// <summary>Identity, in the order of time.</summary>
    public Guid Id { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Kind of the actor; see <see cref="Actor"/>.</summary>
    public required string ActorKind { get; init; }

    /// <summary>Identity of the actor.</summary>
    public required string ActorId { get; init; }

    /// <summary>Name of the actor at the time.</summary>
    public required string ActorName { get; init; }

    /// <summary>Device, or null.</summary>
    public string? Device { get; init; }

    /// <summary>The command or message that made the change.</summary>
    public required string Action { get; init; }

    /// <summary>Why, or null where nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>What changed: a JSON array of table, key, old and new values.</summary>
    public required string Changes { get; init; }
}

/// <summary>An audit entry that the chain has not taken up yet.</summary>
public sealed class UnchainedAuditEntry
{
    /// <summary>The entry.</summary>
    public Guid AuditId { get; init; }
}

/// <summary>
/// Entities that are themselves a trail, or bookkeeping, and so leave none; of a property, such as a password's hash, the
/// trail tells that it changed and hides the value.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;

/// <summary>Turns the pending changes of a unit of work into one audit entry.</summary>
static class AuditTrail
{
    const string Hidden = "***";

    public static void Describe(MesDbContext db)
    {
        var changed = db.ChangeTracker.Entries().Where(IsAudited).ToList();
        if (changed.Count == 0)
        {
            return;
        }
        var entry = new AuditEntry
        {
            Id = Guid.CreateVersion7(), At = db.GetService<TimeProvider>().GetUtcNow(),
            ActorKind = db.Actor.Kind, ActorId = db.Actor.Id, ActorName = db.Actor.Name, Device = db.Actor.Device,
            Action = db.Action ?? Activity.Current?.OperationName ?? "unnamed",
            Reason = db.Reason,
            Changes = new JsonArray([.. changed.Select(Change)]).ToJsonString(MessageJson.Options)
        };
        db.Add(entry);
        db.Add(new UnchainedAuditEntry { AuditId = entry.Id });
    }

    static bool IsAudited(EntityEntry entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        && entry.Entity is not (OutboxMessage or LoggedCommand or AuditEntry or UnchainedAuditEntry)
        && !entry.Entity.GetType().IsDefined(typeof(NotAuditedAttribute), false);

    static JsonObject Change(EntityEntry entry)
    {
        var key = entry.Properties.Where(p => p.Metadata.IsPrimaryKey());
        var columns = entry.State == EntityState.Modified ? entry.Properties.Where(p => p.IsModified) : entry.Properties;
        var values = columns.ToList();
        return new JsonObject
        {
            ["table"] = entry.Metadata.GetTableName(),
            ["key"] = string.Join(",", key.Select(p => p.CurrentValue)),
            ["old"] = entry.State == EntityState.Added ? null : Values(values, p => p.OriginalValue),
            ["new"] = entry.State == EntityState.Deleted ? null : Values(values, p => p.CurrentValue)
        };
    }

    static JsonObject Values(List<PropertyEntry> columns, Func<PropertyEntry, object?> value)
    {
        var result = new JsonObject();
        foreach (var column in columns)
        {
            result[column.Metadata.Name] = IsHidden(column)
                ? Hidden
                : JsonSerializer.SerializeToNode(value(column), MessageJson.Options);
        }
        return result;
    }

    static bool IsHidden(PropertyEntry column) =>
        column.Metadata.PropertyInfo?.IsDefined(typeof(NotAuditedAttribute), true) == true;
}
