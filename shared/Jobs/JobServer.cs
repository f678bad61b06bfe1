using Hangfire;
using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mes.Jobs;

/// <summary>Runs a module's jobs in this process, and keeps its schedules as they are declared.</summary>
sealed partial class JobServer(
    JobModule module, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobServer> log) : BackgroundService
{
    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    static readonly TimeSpan PutAgain = TimeSpan.FromMinutes(5);    // one that was removed by hand comes back
    BackgroundJobServer? _server;

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    /// <summary>Under what name the process is known to the others.</summary>
    public string Name { get; } = $"{module.Service}:{Environment.MachineName}:{Guid.NewGuid():N}".ToLowerInvariant();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _server = new BackgroundJobServer(new BackgroundJobServerOptions
        {
            ServerName = Name,
            Queues = [module.Service],
            WorkerCount = module.Declared.Workers,
            Activator = new JobHost.Activator(module, scopes),
            FilterProvider = module.Filters,
            SchedulePollingInterval = TimeSpan.FromSeconds(15),
            HeartbeatInterval = JobsHealth.Heartbeat,
            ServerCheckInterval = TimeSpan.FromMinutes(1),
            ServerTimeout = TimeSpan.FromMinutes(1),
            CancellationCheckInterval = TimeSpan.FromSeconds(2),
            ShutdownTimeout = TimeSpan.FromSeconds(15),
        }, module.Storage);
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_server is null) return;
        _server.SendStop();
        await _server.WaitForShutdownAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _server?.Dispose();
        _server = null;     // a host may be told to stop after it was disposed of
        base.Dispose();
    }

    /// <summary>In the background, as a lock that a killed process left may have to run out first.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                module.PutSchedules();
                await Task.Delay(PutAgain, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception failure)
            {
                SchedulesNotStored(log, module.Service, failure.Message);
                await Task.Delay(AfterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(7001, LogLevel.Warning, "The schedules of {Service} could not be stored; trying again. {Why}")]
    static partial void SchedulesNotStored(ILogger log, string service, string why);
}

/// <summary>What the engine knows only as settings of the process; the same for all modules.</summary>
static class EngineSettings
{
    static readonly Lazy<IGlobalConfiguration> Applied = new(() => GlobalConfiguration.Configuration
        .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
        .UseSimpleAssemblyNameTypeSerializer()
        .UseRecommendedSerializerSettings());

    public static void Apply() => _ = Applied.Value;
}
