using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.Server;
using Hangfire.States;
using Hangfire.Storage;
using Mes.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Jobs;

/// <summary>
/// The jobs of one service, kept in the schema <c>hangfire</c> of its database. Everything the engine needs is passed on
/// explicitly: its static settings would be shared by all services of the process.
/// </summary>
public abstract partial class JobModule
{
    internal const string Schema = "hangfire";

    /// <summary>A killed holder of one of the engine's own locks, which are rows, holds schedules up for so long.</summary>
    internal static readonly TimeSpan EngineLockTimeout = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    // what the engine knows only as settings of the process; the same for all modules
    static readonly Lazy<IGlobalConfiguration> EngineSettings = new(() => GlobalConfiguration.Configuration
        .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
        .UseSimpleAssemblyNameTypeSerializer()
        .UseRecommendedSerializerSettings());

    // in place of the engine's own: above all, no retries
    static readonly JobFilterCollection Filters = new() { new JobFilter() };
    readonly BackgroundJobClient _client;
    readonly RecurringJobManager _recurring;

    internal JobModule(string service, NpgsqlDataSource source, string connectionString, JobsBuilder declared, TimeProvider clock)
    {
        _ = EngineSettings.Value;
        (Service, Source, ConnectionString, Declared) = (service, source, connectionString, declared);
        Since = clock.GetUtcNow();
        ServerName = $"{Service}:{Environment.MachineName}:{Guid.NewGuid():N}".ToLowerInvariant();
        Storage = new PostgreSqlStorage(new SharedDataSource(source), new PostgreSqlStorageOptions
        {
            SchemaName = Schema,
            PrepareSchemaIfNecessary = false,
            // a killed process is found dead after at most this and one poll; a living one renews it five times as often
            UseSlidingInvisibilityTimeout = true,
            InvisibilityTimeout = TimeSpan.FromSeconds(12),
            // what is asked for in this process is begun at once; this is for what others ask for or give back
            QueuePollInterval = TimeSpan.FromSeconds(3),
            DistributedLockTimeout = EngineLockTimeout,
        });
        _client = new BackgroundJobClient(Storage, Filters);
        _recurring = new RecurringJobManager(Storage, Filters);
    }

    /// <summary>Where the engine keeps them, for what it can tell of them itself.</summary>
    public JobStorage Storage { get; }

    internal string Service { get; }

    internal string ServerName { get; }

    /// <summary>When this process began to be a server of jobs.</summary>
    internal DateTimeOffset Since { get; }

    internal NpgsqlDataSource Source { get; }

    internal string ConnectionString { get; }

    internal JobsBuilder Declared { get; }

    /// <summary>
    /// Asks for a run. No transaction takes this up: enqueue after the commit, from a row that says so, and again what
    /// was left.
    /// </summary>
    /// <returns>The engine's number of it.</returns>
    public string Enqueue(string key, string? argument = null) =>
        _client.Create(JobOf(key, argument), new EnqueuedState(Service));

    /// <summary>Where a job stands, in the engine's words; null where it is not known any more.</summary>
    public string? StateOf(string jobId)
    {
        using var connection = Storage.GetConnection();
        return connection.GetStateData(jobId)?.Name;
    }

    /// <summary>Whether a job that was asked for will still run, or does so now.</summary>
    public bool IsAlive(string jobId) => StateOf(jobId) is "Enqueued" or "Scheduled" or "Processing" or "Awaiting";

    /// <summary>Whether somebody has deleted a job.</summary>
    public bool IsDeleted(string jobId) => StateOf(jobId) == DeletedState.StateName;

    /// <summary>When a job's schedules are due and were last, as the engine knows it; in the order of their keys.</summary>
    public IReadOnlyList<ScheduleState> SchedulesOf(string job)
    {
        var own = Declared.Schedules.Where(declared => declared.Job == job)
            .Select(declared => declared.Schedule.Key).ToHashSet();
        using var connection = Storage.GetConnection();
        return [.. connection.GetRecurringJobs().Where(known => own.Contains(known.Id)).OrderBy(known => known.Id)
            .Select(known => new ScheduleState(known.Id, known.Cron, known.TimeZoneId, known.NextExecution, known.LastExecution,
                known.Error))];
    }

    /// <summary>What runs the jobs in this process, and keeps the schedules.</summary>
    internal IHostedService Server(IServiceScopeFactory scopes, ILogger<JobModule> log) => new BackgroundJobServerHostedService(
        Storage, new BackgroundJobServerOptions
        {
            ServerName = ServerName,
            Queues = [Service],
            WorkerCount = Declared.Workers,
            Activator = new AspNetCoreJobActivator(scopes),
            FilterProvider = Filters,
            SchedulePollingInterval = TimeSpan.FromSeconds(15),
            HeartbeatInterval = Heartbeat,
            ServerCheckInterval = TimeSpan.FromMinutes(1),
            ServerTimeout = TimeSpan.FromMinutes(1),
            CancellationCheckInterval = TimeSpan.FromSeconds(2),
            ShutdownTimeout = TimeSpan.FromSeconds(15),
        }, [new ScheduleKeeper(this, log)]);

    /// <summary>Stores the schedules as they are declared; those that are no more are forgotten.</summary>
    void PutSchedules()
    {
        foreach (var (job, schedule) in Declared.Schedules)
        {
            _recurring.AddOrUpdate(schedule.Key, JobOf(job, schedule.Argument), schedule.Cron,
                new RecurringJobOptions { TimeZone = Declared.Zone, MisfireHandling = schedule.Missed });
        }
        using var connection = Storage.GetConnection();
        var gone = connection.GetRecurringJobs().Select(known => known.Id)
            .Except(Declared.Schedules.Select(declared => declared.Schedule.Key));
        foreach (var key in gone) _recurring.RemoveIfExists(key);
    }

    Job JobOf(string key, string? argument) => Declared.Jobs.ContainsKey(key)
        ? new Job(typeof(JobHost), typeof(JobHost).GetMethod(nameof(JobHost.Run)),
            [key, argument, null, CancellationToken.None], Service)
        : throw new ArgumentException($"No job is registered as '{key}' in {Service}.");

    /// <summary>The engine's connections come from the service's pool.</summary>
    sealed class SharedDataSource(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }

    /// <summary>The engine tries again what fails here: a lock of a killed process may have to run out first.</summary>
    sealed class ScheduleKeeper(JobModule module, ILogger log) : IBackgroundProcess
    {
        static readonly TimeSpan Period = TimeSpan.FromMinutes(5);      // a schedule that was removed by hand comes back

        public void Execute(BackgroundProcessContext context)
        {
            try
            {
                module.PutSchedules();
            }
            catch (Exception failure)
            {
                NotStored(log, module.Service, failure.Message);
                throw;
            }
            context.Wait(Period);
        }
    }

    [LoggerMessage(7002, LogLevel.Warning, "The schedules of {Service} could not be stored; trying again. {Why}")]
    static partial void NotStored(ILogger log, string service, string why);
}

/// <summary>The jobs of the service whose database is <typeparamref name="TDb"/>.</summary>
public sealed class Jobs<TDb> : JobModule where TDb : MesDbContext
{
    internal Jobs(ServiceDatabase<TDb> database, JobsBuilder declared, TimeProvider clock)
        : base(database.Service, database.Source, database.ConnectionString, declared, clock)
    {
    }
}
