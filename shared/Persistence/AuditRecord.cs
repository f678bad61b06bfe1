using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Mes.Persistence;

/// <summary>A record whose trail is asked for.</summary>
/// <param name="Table">The table that it is a row of.</param>
/// <param name="Key">
/// Its key as the trail has it; of several columns a JSON object of them, such as <c>{"Code":"R1","Revision":"2"}</c>.
/// </param>
public sealed partial record AuditRecord(string Table, string Key)
{
    /// <summary>SQL: the keys of all records that an entry touched, as the index has them.</summary>
    internal const string KeysSql = "jsonb_path_query_array(changes, '$[*].key')";

    const int KeyLengthMax = 1_000;

    /// <summary>Reads <c>table:key</c>, or gives null where it is none.</summary>
    public static AuditRecord? Read(string? text) =>
        text?.IndexOf(':', StringComparison.Ordinal) is { } colon and > 0 && TableName().IsMatch(text[..colon])
        && text.Length - colon - 1 is > 0 and <= KeyLengthMax && !text.Contains('\0', StringComparison.Ordinal)
            ? new AuditRecord(text[..colon], AsWritten(text[(colon + 1)..]))
            : null;

    /// <summary>The entries of a trail any of whose changes touched one of the records.</summary>
    public static IQueryable<AuditEntry> Touched(DbSet<AuditEntry> entries, IEnumerable<AuditRecord> records)
    {
        AuditRecord[] asked = [.. records.SelectMany(record => (AuditRecord[])[record, .. record.AsWrittenAtFirst()])];
        string[] keys = [.. asked.Select(record => record.Key)];
        string[] changes = [.. asked.Select(record => JsonSerializer.Serialize(
            new[] { new { table = record.Table, key = record.Key } }, MessageJson.Options))];
        // SQL: found by the index of keys, whatever else is asked for: a record that is seldom changed would be sought through
        // all of the trail in the order of its pages
        return entries.FromSql($"""
            SELECT * FROM audit WHERE jsonb_path_query_array(changes, '$[*].key') ?| {keys}
            AND changes @> ANY ({changes}::jsonb[]) OFFSET 0
            """);
    }

    // However a client spaces and escapes the object, the trail has it in one way
    static string AsWritten(string key) => Members(key) is { } members
        ? JsonSerializer.Serialize(members, MessageJson.Options)
        : key;

    // Keys of several columns used to be joined by a comma
    IEnumerable<AuditRecord> AsWrittenAtFirst() => Members(Key) is { } members
        ? [this with { Key = string.Join(',', members.EnumerateObject().Select(member => member.Value.ToString())) }]
        : [];

    static JsonElement? Members(string key)
    {
        try
        {
            if (key[0] != '{') return null;
            var members = JsonSerializer.Deserialize<JsonElement>(key);
            _ = JsonSerializer.Serialize(members, MessageJson.Options);     // half a character cannot be written
            return members;
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return null;     // a code may begin so, too
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex TableName();
}
