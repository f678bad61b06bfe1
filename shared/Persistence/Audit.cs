using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Mes.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Mes.Persistence;

/// <summary>One change and who made it: append-only, hash-chained after the commit.</summary>
public sealed class AuditEntry
{
    /// <summary>Identity, in the order of time.</summary>
    public Guid Id { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Kind of the actor; see <see cref="Actor"/>.</summary>
    public required ActorKind ActorKind { get; init; }

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

/// <summary>A change made in SQL; see <see cref="MesDbContext.Audit"/>.</summary>
sealed record SqlChange(string Table, object Key, object? Old, object? New);

/// <summary>Turns the pending changes of a unit of work into one audit entry.</summary>
static class AuditTrail
{
    static readonly JsonWriterOptions Writing = new() { Encoder = MessageJson.Options.Encoder };
    // As the columns of the entities: by the members' own names
    static readonly JsonSerializerOptions Naming = new(MessageJson.Options) { PropertyNamingPolicy = null };
    static readonly ConcurrentDictionary<MemberInfo, bool> NotAudited = new();

    public static void Describe(MesDbContext db)
    {
        var changed = db.ChangeTracker.Entries().Where(IsAudited).ToList();
        if (changed.Count == 0 && db.SqlChanges.Count == 0 && db.ToldLater.Count == 0)
        {
            return;
        }
        db.Entries.Add(new AuditEntry
        {
            Id = Guid.CreateVersion7(), At = db.GetService<TimeProvider>().GetUtcNow(),
            ActorKind = db.Actor.Kind, ActorId = db.Actor.Id, ActorName = db.Actor.Name, Device = db.Actor.Device,
            Action = db.Action ?? Activity.Current?.OperationName ?? "unnamed",
            Reason = db.Reason,
            Changes = $"[{string.Join(',', db.ToldLater.Append(Write(changed, db.SqlChanges)).Where(part => part != ""))}]"
        });
        db.SqlChanges.Clear();
        db.ToldLater.Clear();
    }

    /// <summary>Keeps what is about to be written for the entry that comes with the save.</summary>
    public static void Keep(MesDbContext db)
    {
        if (Write([.. db.ChangeTracker.Entries().Where(IsAudited)], db.SqlChanges) is { Length: > 0 } told)
        {
            db.ToldLater.Add(told);
        }
        db.SqlChanges.Clear();
    }

    static bool IsAudited(EntityEntry entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        && entry.Entity is not (OutboxMessage or AuditEntry or UnchainedAuditEntry)
        && !IsNotAudited(entry.Entity.GetType());

    static bool IsNotAudited(MemberInfo member) =>
        NotAudited.GetOrAdd(member, known => known.IsDefined(typeof(NotAuditedAttribute), known is PropertyInfo));

    /// <summary>The elements of a JSON array.</summary>
    static string Write(List<EntityEntry> changed, List<SqlChange> bySql)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartArray();
            changed.ForEach(entry => Write(json, entry));
            bySql.ForEach(change => Write(json, change));
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan[1..^1]);
    }

    static void Write(Utf8JsonWriter json, SqlChange change)
    {
        json.WriteStartObject();
        json.WriteString("table", change.Table);
        json.WriteString("key", change.Key is string or IFormattable
            ? Convert.ToString(change.Key, CultureInfo.InvariantCulture) : JsonSerializer.Serialize(change.Key, Naming));
        json.WritePropertyName("old");
        JsonSerializer.Serialize(json, change.Old, Naming);
        json.WritePropertyName("new");
        JsonSerializer.Serialize(json, change.New, Naming);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, EntityEntry entry)
    {
        var columns = entry.Properties.Where(p => entry.State != EntityState.Modified || p.IsModified).ToList();
        json.WriteStartObject();
        json.WriteString("table", entry.Metadata.GetTableName());
        json.WriteString("key", KeyOf(entry));
        Write(json, "old", columns, entry.State == EntityState.Added ? null : p => p.OriginalValue);
        Write(json, "new", columns, entry.State == EntityState.Deleted ? null : p => p.CurrentValue);
        json.WriteEndObject();
    }

    /// <summary>The value of the key's column; of several columns, a JSON object of them as of a change made in SQL.</summary>
    static string KeyOf(EntityEntry entry)
    {
        var key = entry.Metadata.FindPrimaryKey()!.Properties;
        return key.Count == 1
            ? Convert.ToString(entry.CurrentValues[key[0]], CultureInfo.InvariantCulture)!
            : JsonSerializer.Serialize(key.ToDictionary(column => column.Name, column => entry.CurrentValues[column]), Naming);
    }

    static void Write(
        Utf8JsonWriter json, string name, List<PropertyEntry> columns, Func<PropertyEntry, object?>? value)
    {
        json.WritePropertyName(name);
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        foreach (var column in columns)
        {
            json.WritePropertyName(column.Metadata.Name);
            JsonSerializer.Serialize(json, IsHidden(column) ? JsonCheck.Hidden : value(column), MessageJson.Options);
        }
        json.WriteEndObject();
    }

    static bool IsHidden(PropertyEntry column) =>
        column.Metadata.PropertyInfo is { } property && IsNotAudited(property);
}
