using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Persistence;

/// <summary>Where a service's database is: the role it works under, and the role that may change its tables.</summary>
/// <param name="Service">Name of the service, as in its routes.</param>
/// <param name="Source">
/// Connections under the service's own role, beside those of contexts: a pool of its own, so that a request whose context
/// has a connection, and on which others may wait, never waits here for one that such a request has.
/// </param>
/// <param name="ConnectionString">Connection string of the service's own role.</param>
/// <param name="OwnerConnectionString">Connection string of the role that runs migrations.</param>
public sealed record ServiceDatabase<TDb>(
    string Service, NpgsqlDataSource Source, string ConnectionString, string OwnerConnectionString) where TDb : MesDbContext
{
    internal NpgsqlDataSource? Contexts { get; init; }

    /// <summary>
    /// Lets go of the connections that wait in the pools: after an outage they may be dead, and whoever got one would be told
    /// of an outage that is over.
    /// </summary>
    public void ForgetConnections()
    {
        Source.Clear();
        Contexts?.Clear();
    }
}

/// <summary>Registers a service's database.</summary>
public static class ServiceDatabaseExtensions
{
    const long MigrationLock = 0x4D65734D6967;     // 'MesMig'
    const int PreparedMax = 200;        // per connection; more than any service has of hot statements

    /// <summary>Registers <typeparamref name="TDb"/>; connection strings <c>NAME</c> and <c>NAME-owner</c>.</summary>
    /// <exception cref="InvalidOperationException">A connection string is missing.</exception>
    public static void AddServiceDatabase<TDb>(this IServiceCollection services, string service, IConfiguration configuration)
        where TDb : MesDbContext
    {
        var name = service.Replace("-", "", StringComparison.Ordinal);
        var connectionString = Prepared(Required(configuration, name));
        var (contexts, beside) = (NpgsqlDataSource.Create(connectionString), NpgsqlDataSource.Create(connectionString));
        var owner = Required(configuration, $"{name}-owner");
        services.AddSingleton(new ServiceDatabase<TDb>(service, beside, connectionString, owner) { Contexts = contexts });
        services.AddDbContext<TDb>(options => options.UseNpgsql(contexts).ConfigureWarnings(LeaveFailuresToCaller),
            optionsLifetime: ServiceLifetime.Singleton);
        services.AddSingleton<OutboxSignal<TDb>>();
        services.AddSingleton<InboxCleaner<TDb>>();
    }

    /// <summary>Brings the tables up to date under the owner role; concurrent starts wait for each other.</summary>
    public static async Task Migrate<TDb>(this IServiceProvider services, CancellationToken ct) where TDb : MesDbContext
    {
        var database = services.GetRequiredService<ServiceDatabase<TDb>>();
        var options = new DbContextOptionsBuilder<TDb>()
            .UseNpgsql(database.OwnerConnectionString)
            .UseApplicationServiceProvider(services)
            // at the first start it asks for the table of migrations, which is not there yet: no failure to show; real ones throw
            .ConfigureWarnings(events => events.Log((RelationalEventId.CommandError, LogLevel.Debug))
                .Ignore(RelationalEventId.PendingModelChangesWarning))      // the tests look at that, not each start
            .Options;
        await using var db = (TDb)Activator.CreateInstance(typeof(TDb), options)!;
        await using var turn = await TurnToMigrate(database.OwnerConnectionString, ct);
        db.Database.SetCommandTimeout(0);     // an index over years of rows takes its time
        await db.Database.MigrateAsync(ct);
    }

    /// <summary>
    /// The framework's own lock is given back between two migrations, where another start would run the second too.
    /// </summary>
    static async Task<NpgsqlConnection> TurnToMigrate(string owner, CancellationToken ct)
    {
        var session = await LockSession.Open(owner, ct);
        try
        {
            // SQL: a lock of a session of its own, which is there before the tables are
            await using var wait = new NpgsqlCommand($"SELECT pg_advisory_lock({MigrationLock})", session) { CommandTimeout = 0 };
            await wait.ExecuteNonQueryAsync(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Statements are prepared once per connection, and a connection goes back to its pool as it is: what needs a
    /// session's state (a session lock) gives it back itself or opens a session of its own.
    /// </summary>
    static string Prepared(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        MaxAutoPrepare = PreparedMax, AutoPrepareMinUsages = 2, NoResetOnClose = true
    }.ConnectionString;

    /// <summary>Many a failure is expected, such as that of a repeat that lost a race: whoever catches one logs it.</summary>
    static void LeaveFailuresToCaller(WarningsConfigurationBuilder events) => events.Log(
        (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug));

    static string Required(IConfiguration configuration, string name) => configuration.GetConnectionString(name)
        ?? throw new InvalidOperationException(
            $"Connection string '{name}' is missing. Set ConnectionStrings__{name} in the environment.");
}
