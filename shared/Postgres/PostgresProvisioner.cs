using Npgsql;

namespace Mes.Postgres;

/// <summary>
/// Makes the databases of the services on any PostgreSQL from version 15 on: per service one database, an owner role for
/// its migrations and an app role that may connect. No other role may connect. What is there already stays as it is.
/// </summary>
public static class PostgresProvisioner
{
    const int AppPoolSize = 20;
    const int OwnerPoolSize = 4;
    const long LockKey = 0x4D45535F50524F56; // "MES_PROV"

    /// <summary>Makes what is missing; safe to repeat and to run from several processes at once.</summary>
    /// <param name="adminConnectionString">Connects as a superuser, or as a role with CREATEDB and CREATEROLE.</param>
    /// <param name="secret">What the roles' passwords are derived from; another secret sets other passwords.</param>
    /// <param name="databases">The databases wanted.</param>
    /// <param name="ct">Cancels between statements.</param>
    /// <returns>How each service connects, by its name.</returns>
    /// <exception cref="PostgresUnavailableException">The server does not answer or refuses a statement.</exception>
    public static async Task<IReadOnlyDictionary<string, DatabaseAccess>> ProvisionAsync(
        string adminConnectionString, PostgresSecret secret, IReadOnlyCollection<DatabaseSpec> databases,
        CancellationToken ct = default)
    {
        try
        {
            // a session of its own, with which the lock goes however this ends
            var own = new NpgsqlConnectionStringBuilder(adminConnectionString) { Pooling = false };
            await using var admin = new NpgsqlConnection(own.ConnectionString);
            await admin.OpenAsync(ct);
            await LockAsync(admin, ct);
            foreach (var database in databases) await ProvisionAsync(admin, secret, database, ct);
        }
        catch (NpgsqlException failure)
        {
            throw new PostgresUnavailableException($"The databases cannot be made: {failure.Message}", failure);
        }

        return databases.ToDictionary(database => database.Service, database => Access(adminConnectionString, secret, database));
    }

    // Waits for its turn, however long the others take
    static async Task LockAsync(NpgsqlConnection admin, CancellationToken ct)
    {
        // SQL: a lock of the session that makes databases, outside of any context
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({LockKey})", admin) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    // Names hold only a-z, 0-9 and _ (DatabaseSpec), verifiers no quotes: they can stand in a statement as they are.
    static async Task ProvisionAsync(NpgsqlConnection admin, PostgresSecret secret, DatabaseSpec spec, CancellationToken ct)
    {
        await EnsureRoleAsync(admin, spec.OwnerRole, secret, ct);
        await EnsureRoleAsync(admin, spec.AppRole, secret, ct);
        if (!await IsThereAsync(admin, "SELECT 1 FROM pg_database WHERE datname = $1", spec.Database, ct))
        {
            // A superuser needs no membership; another role must be a member to make a database for the owner.
            await RunAsync(admin, $"""
                DO $$ BEGIN IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
                    GRANT {spec.OwnerRole} TO CURRENT_USER; END IF; END $$
                """, ct);
            await RunAsync(admin, $"CREATE DATABASE {spec.Database} OWNER {spec.OwnerRole} TEMPLATE template0 ENCODING 'UTF8'",
                ct);
        }

        await RunAsync(admin, $"REVOKE ALL ON DATABASE {spec.Database} FROM PUBLIC", ct);
        await RunAsync(admin, $"GRANT CONNECT ON DATABASE {spec.Database} TO {spec.AppRole}", ct);
    }

    static async Task EnsureRoleAsync(NpgsqlConnection admin, string role, PostgresSecret secret, CancellationToken ct)
    {
        var verb = await IsThereAsync(admin, "SELECT 1 FROM pg_roles WHERE rolname = $1", role, ct) ? "ALTER" : "CREATE";
        await RunAsync(admin, $"{verb} ROLE {role} LOGIN PASSWORD '{ScramVerifier.Of(secret.PasswordOf(role))}'", ct);
    }

    static async Task<bool> IsThereAsync(NpgsqlConnection admin, string question, string name, CancellationToken ct)
    {
        // SQL: roles and databases, which are there before any context is
        await using var command = new NpgsqlCommand(question, admin) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    static async Task RunAsync(NpgsqlConnection admin, string statement, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(statement, admin);
        await command.ExecuteNonQueryAsync(ct);
    }

    // Host, port and TLS are the administrator's; identity, database and pool are the service's own.
    static DatabaseAccess Access(string adminConnectionString, PostgresSecret secret, DatabaseSpec spec)
    {
        string ConnectionString(string role, int poolSize) => new NpgsqlConnectionStringBuilder(adminConnectionString)
        {
            Database = spec.Database,
            Username = role,
            Password = secret.PasswordOf(role),
            MaxPoolSize = poolSize,
        }.ConnectionString;

        return new DatabaseAccess(spec.Service, spec.Database,
            ConnectionString(spec.AppRole, AppPoolSize), ConnectionString(spec.OwnerRole, OwnerPoolSize));
    }
}
