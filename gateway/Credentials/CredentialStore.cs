using System.Collections.Frozen;
using Mes.Gateway.Data;
using Mes.Hosting.Auth;
using Mes.Kernel;
using Mes.Messaging;
using Npgsql;

namespace Mes.Gateway.Credentials;

/// <summary>Looks secrets up in the identity database.</summary>
sealed class CredentialStore(ServiceDatabase<IdentityDb> database, TimeProvider clock)
{
    const string SessionSql = """
        select s.id, s.device_id, s.expires_at, s.user_id, b.operator_code,
               coalesce(u.display_name, b.name), coalesce(u.roles, b.roles), coalesce(u.must_change_password, false),
               coalesce(b.operator_code, u.user_name), coalesce(d.equipment, '{}')
        from sessions s
        left join users u on u.id = s.user_id
        left join badges b on b.id = s.badge_id
        left join devices d on d.id = s.device_id
        where s.secret_hash = $1 and s.expires_at > $2
          and s.revoked_at is null and u.revoked_at is null and b.revoked_at is null and d.revoked_at is null
        """;

    const string KeySql = """
        select id, name, roles, coalesce(expires_at, 'infinity'), '{}'::text[] from api_keys
        where secret_hash = $1 and revoked_at is null and coalesce(expires_at, 'infinity') > $2
        """;

    const string DeviceSql = """
        select id, name, roles, 'infinity'::timestamptz, equipment from devices
        where secret_hash = $1 and revoked_at is null and $2::timestamptz is not null
        """;

    public Task<Credential?> FindAsync(string secret, CancellationToken ct) => secret switch
    {
        _ when secret.Length > Secrets.CharactersMax => Task.FromResult<Credential?>(null),
        _ when secret.StartsWith(Secrets.ApiKeyPrefix, StringComparison.Ordinal) =>
            ReadAsync(KeySql, secret, row => OfKey(row, CallerKind.ApiClient), ct),
        _ when secret.StartsWith(Secrets.DevicePrefix, StringComparison.Ordinal) =>
            ReadAsync(DeviceSql, secret, row => OfKey(row, CallerKind.Device), ct),
        _ => ReadAsync(SessionSql, secret, OfSession, ct),
    };

    /// <summary>The registered device that owns this secret, if it does.</summary>
    public async Task<Guid?> FindDeviceAsync(string? secret, CancellationToken ct)
    {
        if (secret?.StartsWith(Secrets.DevicePrefix, StringComparison.Ordinal) != true) return null;
        var device = await FindAsync(secret, ct);
        return device is null ? null : Guid.Parse(device.Caller.SubjectId);
    }

    async Task<Credential?> ReadAsync(
        string sql, string secret, Func<NpgsqlDataReader, Credential> read, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = Secrets.Hash(secret) });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? read(reader) : null;
    }

    static Credential OfSession(NpgsqlDataReader row)
    {
        var userId = row.IsDBNull(3) ? (Guid?)null : row.GetGuid(3);
        var roles = row.GetFieldValue<string[]>(6);
        var mustChange = row.GetBoolean(7);
        var caller = new Caller(
            userId?.ToString() ?? row.GetString(4),
            row.GetString(5),
            userId is null ? CallerKind.Operator : CallerKind.User,
            row.IsDBNull(1) ? null : row.GetGuid(1).ToString(),
            mustChange ? [] : Roles.Union(roles).ToFrozenSet())
        {
            Operator = Normal(row.GetString(8)), Equipment = CodesIn(row, 9),
        };
        return new Credential(caller, roles, row.GetGuid(0), userId, mustChange, At(row, 2));
    }

    static Credential OfKey(NpgsqlDataReader row, CallerKind kind)
    {
        var id = row.GetGuid(0).ToString();
        var roles = row.GetFieldValue<string[]>(2);
        var caller = new Caller(
            id, row.GetString(1), kind, kind is CallerKind.Device ? id : null, Roles.Union(roles).ToFrozenSet())
        {
            Equipment = CodesIn(row, 4),
        };
        return new Credential(caller, roles, null, null, false, At(row, 3));
    }

    static string[] CodesIn(NpgsqlDataReader row, int column) =>
        [.. row.GetFieldValue<string[]>(column).Select(Normal)];

    // Codes are compared in normal form; what is none, from before there was a rule, can only be met as it is
    static string Normal(string code) => Codes.Normalize(code) ?? code;

    // Npgsql reads infinity as the greatest DateTime
    static DateTimeOffset At(NpgsqlDataReader row, int column)
    {
        var time = row.GetDateTime(column);
        return time == DateTime.MaxValue ? DateTimeOffset.MaxValue : new DateTimeOffset(time, TimeSpan.Zero);
    }
}
