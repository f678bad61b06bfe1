using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.States;
using Hangfire.Storage;
using Mes.Messaging;
using Npgsql;

namespace Mes.Jobs;

/// <summary>
/// The jobs of one service, kept in the schema <c>hangfire</c> of its database. Everything the engine needs is passed on
/// explicitly: its static settings would be shared by all services of the process.
/// </summary>
public abstract class JobModule
{
    internal const string Schema = "hangfire";

    /// <summary>A killed holder of one of the engine's own locks, which are rows, holds schedules up for so long.</summary>
    internal static readonly TimeSpan EngineLockTimeout = TimeSpan.FromSeconds(30);

    readonly BackgroundJobClient _client;
    readonly RecurringJobManager _recurring;

    internal JobModule(string service, NpgsqlDataSource source, string connectionString, JobsBuilder declared)
    {
        EngineSettings.Apply();
        (Service, Source, ConnectionString, Declared) = (service, source, connectionString, declared);
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
        Filters = [new JobFilter(JobRules.Instance, JobFilterScope.Global, null)];
        _client = new BackgroundJobClient(Storage, Filters);
        _recurring = new RecurringJobManager(Storage, Filters);
    }

    internal string Service { get; }

    internal NpgsqlDataSource Source { get; }

    internal string ConnectionString { get; }

    internal JobsBuilder Declared { get; }

    internal PostgreSqlStorage Storage { get; }

    internal JobRuleProvider Filters { get; }

    /// <summary>
    /// Asks for a run. No transaction takes this up: enqueue after the commit, from a row that says so, and again what
    /// was left.
    /// </summary>
    /// <returns>The engine's number of it.</returns>
    public string Enqueue(string key, string? argument = null) =>
        _client.Create(JobOf(key, argument), new EnqueuedState(Service));

    /// <summary>Deletes what was asked for; a run under way is told to stop, within two seconds.</summary>
    public void Delete(string jobId) => _client.Delete(jobId);

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

    /// <summary>Runs a schedule's job now; its due times stay as they are.</summary>
    /// <returns>The engine's number of the run; null where there is no such schedule.</returns>
    public string? Trigger(string scheduleKey) =>
        Declared.Recurring.Any(schedule => schedule.Key == scheduleKey) ? _recurring.TriggerJob(scheduleKey) : null;

    /// <summary>All schedules, by key.</summary>
    public IReadOnlyList<ScheduleStatus> Schedules()
    {
        using var connection = Storage.GetConnection();
        return [.. connection.GetRecurringJobs().OrderBy(job => job.Id, StringComparer.Ordinal).Select(job =>
            new ScheduleStatus(job.Id, job.Cron, job.TimeZoneId, Utc(job.NextExecution), Utc(job.LastExecution)))];
    }

    /// <summary>Stores the schedules as they are declared; those that are no more are forgotten.</summary>
    internal void PutSchedules()
    {
        foreach (var schedule in Declared.Recurring)
        {
            _recurring.AddOrUpdate(schedule.Key, JobOf(Declared.JobOf(schedule), schedule.Argument), schedule.Cron,
                new RecurringJobOptions { TimeZone = Declared.Zone, MisfireHandling = schedule.Missed });
        }
        var gone = Schedules().Select(schedule => schedule.Key).Except(Declared.Recurring.Select(schedule => schedule.Key));
        foreach (var key in gone) _recurring.RemoveIfExists(key);
    }

    Job JobOf(string key, string? argument) => Declared.Jobs.ContainsKey(key)
        ? new Job(typeof(JobHost), typeof(JobHost).GetMethod(nameof(JobHost.Run)),
            [key, argument, null, CancellationToken.None], Service)
        : throw new ArgumentException($"No job is registered as '{key}' in {Service}.");

    static DateTimeOffset? Utc(DateTime? time) =>
        time is { } known ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;

    /// <summary>The engine's connections come from the service's pool.</summary>
    sealed class SharedDataSource(NpgsqlDataSource source) : IConnectionFactory
    {
        public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
    }
}

/// <summary>The jobs of the service whose database is <typeparamref name="TDb"/>.</summary>
public sealed class Jobs<TDb> : JobModule where TDb : MesDbContext
{
    internal Jobs(ServiceDatabase<TDb> database, JobsBuilder declared)
        : base(database.Service, database.Source, database.ConnectionString, declared)
    {
    }
}
