using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web.Auth;
using Npgsql;

namespace Mes.Gateway.Credentials;

/// <summary>Looks secrets up in the identity database.</summary>
sealed class CredentialStore(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>
    /// Every ticket carries the codes of what its device serves. They are kept to what a header takes, whatever their
    /// characters: those that are named go first, then those of the work centers in the order of their codes.
    /// </summary>
    public const int EquipmentCharactersMax = 1_500;

    // None where neither equipment nor a work center is named, or there is no device: any. A work center that no unit is
    // known of gives nothing to serve.
    const string Serves = """
        case when d.equipment || d.work_centers <> '{}' then d.equipment || array(
            select e.code from equipment e where e.work_center = any(d.work_centers) order by e.code) end
        """;

    const string SessionSql = $$"""
        select s.id, s.device_id, s.expires_at, case when s.badge_id is null then p.id end, p.code, p.name,
               p.roles, p.must_change_password, {{Serves}}, b.roles, s.secret_hash
        from sessions s
        join people p on p.id = s.person_id
        left join badges b on b.id = s.badge_id
        left join devices d on d.id = s.device_id
        where s.secret_hash = any($1) and s.expires_at > $2
          and s.revoked_at is null and p.deactivated_at is null and b.revoked_at is null and d.revoked_at is null
        """;

    const string KeySql = """
        select c.id, c.name, k.roles, coalesce(k.expires_at, 'infinity'), null::text[], k.secret_hash
        from api_keys k join api_clients c on c.id = k.client_id
        where k.secret_hash = any($1) and k.revoked_at is null and coalesce(k.expires_at, 'infinity') > $2
        """;

    const string DeviceSql = $$"""
        select d.id, d.name, d.roles, 'infinity'::timestamptz, {{Serves}}, d.secret_hash from devices d
        where secret_hash = any($1) and revoked_at is null and $2::timestamptz is not null
        """;

    public async Task<Credential?> FindAsync(string secret, CancellationToken ct) =>
        (await FindAllAsync([secret], ct)).GetValueOrDefault(secret);

    /// <summary>What is behind each of these secrets, in one question per kind; those that are unknown are left out.</summary>
    public async Task<Dictionary<string, Credential>> FindAllAsync(IReadOnlyCollection<string> secrets, CancellationToken ct)
    {
        var found = new Dictionary<string, Credential>(StringComparer.Ordinal);
        foreach (var kind in secrets.Where(secret => secret.Length <= Secrets.CharactersMax).GroupBy(KindOf))
        {
            var byHash = kind.DistinctBy(secret => secret).ToDictionary(Hex);
            await foreach (var (hash, credential) in ReadAsync(kind.Key, [.. byHash.Values], ct))
                found[byHash[hash]] = credential;
        }

        return found;
    }

    /// <summary>The registered device that owns this secret, if it does.</summary>
    public async Task<Credential?> FindDeviceAsync(string? secret, CancellationToken ct) =>
        secret?.StartsWith(Secrets.DevicePrefix, StringComparison.Ordinal) == true ? await FindAsync(secret, ct) : null;

    // SQL: read with each request that no cache answers, by one statement for all secrets of a kind
    async IAsyncEnumerable<(string Hash, Credential Credential)> ReadAsync(
        Kind kind, string[] secrets, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            kind switch { Kind.Key => KeySql, Kind.Device => DeviceSql, _ => SessionSql });
        command.Parameters.Add(new() { Value = secrets.Select(Secrets.Hash).ToArray() });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var hash = Convert.ToHexString(reader.GetFieldValue<byte[]>(reader.FieldCount - 1));
            yield return (hash, kind switch
            {
                Kind.Key => OfKey(reader, ActorKind.ApiClient),
                Kind.Device => OfKey(reader, ActorKind.Device),
                _ => OfSession(reader),
            });
        }
    }

    static string Hex(string secret) => Convert.ToHexString(Secrets.Hash(secret));

    static Kind KindOf(string secret) => secret switch
    {
        _ when secret.StartsWith(Secrets.ApiKeyPrefix, StringComparison.Ordinal) => Kind.Key,
        _ when secret.StartsWith(Secrets.DevicePrefix, StringComparison.Ordinal) => Kind.Device,
        _ => Kind.Session,
    };

    enum Kind { Session, Key, Device }

    static Credential OfSession(NpgsqlDataReader row)
    {
        var byPassword = row.IsDBNull(3) ? (Guid?)null : row.GetGuid(3);
        var ofPerson = row.GetFieldValue<string[]>(6);
        var named = row.IsDBNull(9) ? null : row.GetFieldValue<string[]>(9);
        var roles = byPassword is null ? Roles.ByBadge(named, ofPerson) : ofPerson;
        var mustChange = byPassword is not null && row.GetBoolean(7);
        var caller = new Caller(
            byPassword?.ToString() ?? row.GetString(4),
            row.GetString(5),
            byPassword is null ? ActorKind.Operator : ActorKind.User,
            row.IsDBNull(1) ? null : row.GetGuid(1).ToString(),
            mustChange ? [] : PermissionsOf(roles, byPassword is null))
        {
            Operator = row.GetString(4), Equipment = ServedBy(row, 8),
        };
        return new Credential(caller, roles, row.GetGuid(0), byPassword, mustChange, At(row, 2));
    }

    static FrozenSet<string> PermissionsOf(string[] roles, bool isByBadge) =>
        Roles.Union(roles).Where(permission => !isByBadge || !Permissions.NeverByBadge.Contains(permission)).ToFrozenSet();

    static Credential OfKey(NpgsqlDataReader row, ActorKind kind)
    {
        var id = row.GetGuid(0).ToString();
        var roles = row.GetFieldValue<string[]>(2);
        var caller = new Caller(
            id, row.GetString(1), kind, kind is ActorKind.Device ? id : null, Roles.Union(roles).ToFrozenSet())
        {
            Equipment = ServedBy(row, 4),
        };
        return new Credential(caller, roles, null, null, false, At(row, 3));
    }

    static string[]? ServedBy(NpgsqlDataReader row, int column)
    {
        if (row.IsDBNull(column)) return null;
        var characters = 0;
        return [.. row.GetFieldValue<string[]>(column).Select(Normal).Distinct()
            .TakeWhile(code => (characters += code.Length) <= EquipmentCharactersMax)];
    }

    // Codes are compared in normal form; what is none, from before there was a rule, can only be met as it is
    static string Normal(string code) => Codes.Normalize(code) ?? code;

    // Npgsql reads infinity as the greatest DateTime
    static DateTimeOffset At(NpgsqlDataReader row, int column)
    {
        var time = row.GetDateTime(column);
        return time == DateTime.MaxValue ? DateTimeOffset.MaxValue : new DateTimeOffset(time, TimeSpan.Zero);
    }
}
