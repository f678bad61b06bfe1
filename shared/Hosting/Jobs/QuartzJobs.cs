using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace Mes.Hosting.Jobs;

/// <summary>Quartz as the engine: clustered, its store in the module's database.</summary>
static class QuartzJobs
{
    /// <summary>Of Quartz's tables.</summary>
    public const string TablePrefix = "qrtz_";

    static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(2);

    public static void Add(
        IServiceCollection services, string module, JobsOptions options,
        Func<IServiceProvider, NpgsqlDataSource> database)
    {
        services.AddQuartz(module, quartz =>
        {
            quartz.ConfigureScheduler(Configure);
            quartz.UseDefaultThreadPool(options.ConcurrentRunsMax);
            quartz.UsePersistentStore(store => Configure(store, options, database));
            quartz.AddJob<QuartzRun>(job => job.WithIdentity(QuartzRun.Key).StoreDurably().RequestRecovery());
            quartz.AddJob<QuartzDue>(job => job.WithIdentity(QuartzDue.Key).StoreDurably().RequestRecovery());
        });
        services.AddQuartzHostedService(module, hosted => hosted.WaitForJobsToComplete = true);
        services.AddKeyedSingleton<IJobEngine>(module, (provider, key) => new QuartzEngine(
            provider.GetRequiredKeyedService<IScheduler>(key),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<QuartzEngine>>()));
    }

    static void Configure(QuartzSchedulerOptions scheduler)
    {
        scheduler.GenerateInstanceId = true;
        // A run is told that the process shuts down, and is then delivered again elsewhere or at the next start.
        scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        // A delivery carries its trace itself.
        scheduler.PropagateTraceContext = false;
    }

    static void Configure(
        IPersistentStoreBuilder store, JobsOptions options, Func<IServiceProvider, NpgsqlDataSource> database)
    {
        store.UsePostgres(source => source.DataSourceFactory = database);
        store.UseSystemTextJsonSerializer();
        store.UseClustering(cluster =>
        {
            cluster.CheckinInterval = options.CheckIn;
            cluster.CheckinMisfireThreshold = options.CheckInGrace;
        });
        store.ConfigureStore(ado =>
        {
            ado.TablePrefix = TablePrefix;
            ado.StoreJobDataAsStrings = true;
            ado.SchemaProvisioning = SchemaProvisioning.Validate;
            ado.MisfireThreshold = options.MissedAfter;
            ado.RecoverFiringsCancelledByShutdown = true;
            ado.DbRetryInterval = AfterOutage;
            // A host that fails to start must be able to end.
            ado.UseBackgroundThreads = true;
        });
    }
}

/// <summary>Takes a delivery to the runner.</summary>
sealed class QuartzRun(IServiceProvider services, ILogger<QuartzRun> logger) : Quartz.IJob
{
    /// <summary>The entry of a trigger's data that holds the delivery.</summary>
    public const string Data = "delivery";

    static readonly TimeSpan AfterError = TimeSpan.FromSeconds(5);

    public static JobKey Key { get; } = new("run", "mes");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var module = context.Scheduler.SchedulerName;
        var delivery = JsonSerializer.Deserialize<JobDelivery>(context.MergedJobDataMap.GetString(Data)!)!;
        var next = await RunAsync(services.GetRequiredKeyedService<JobRunner>(module), delivery, cancellationToken);
        if (next is null) return;
        var engine = services.GetRequiredKeyedService<IJobEngine>(module);
        await QuartzEngine.UntilAnsweredAsync(ct => engine.DeliverAsync(next, ct), logger, cancellationToken);
    }

    async Task<Redelivery?> RunAsync(JobRunner runner, JobDelivery delivery, CancellationToken ct)
    {
        try
        {
            return await runner.RunAsync(delivery, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A firing that ends is over for Quartz: whatever went wrong, the run must be delivered again.
            JobsLogging.DeliveredAgain(logger, delivery.JobKey, delivery.RunId, e);
            return new Redelivery(delivery, AfterError);
        }
    }
}

/// <summary>Turns a due schedule into a submitted run; the run itself is a delivery like any other.</summary>
sealed class QuartzDue(IServiceProvider services, ILogger<QuartzDue> logger) : Quartz.IJob
{
    /// <summary>The entry of a trigger's data that holds the schedule.</summary>
    public const string Data = "schedule";

    public static JobKey Key { get; } = new("due", "mes");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var jobs = services.GetRequiredKeyedService<JobControl>(context.Scheduler.SchedulerName);
        var schedule = JsonSerializer.Deserialize<JobSchedule>(context.MergedJobDataMap.GetString(Data)!)!;
        var dueAt = DueAt(context);
        await QuartzEngine.UntilAnsweredAsync(
            ct => jobs.SubmitDueAsync(schedule, dueAt, ct), logger, cancellationToken);
    }

    /// <summary>
    /// The same whether the firing is delivered for the first time or again, which tells whole seconds.
    /// </summary>
    static DateTimeOffset DueAt(IJobExecutionContext context)
    {
        var original = context.MergedJobDataMap.GetString(SchedulerConstants.FailedJobOriginalTriggerScheduledFireTime);
        var dueAt = context.Recovering && original is not null
            ? DateTimeOffset.Parse(original, CultureInfo.InvariantCulture)
            : context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
        return DateTimeOffset.FromUnixTimeSeconds(dueAt.ToUnixTimeSeconds());
    }
}
