using Mes.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Hosting.Jobs;

/// <summary>A module's jobs: what the parts that serve them need to know.</summary>
sealed record JobModule(
    string Name, NpgsqlDataSource Database, IReadOnlyDictionary<string, JobDefinition> Definitions,
    JobsOptions Options);

/// <summary>Registers jobs.</summary>
public static class JobsRegistration
{
    /// <summary>Adds the jobs of a service, in its own database.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="module">The module's key; also names the cluster, so all processes of it must agree.</param>
    /// <param name="configure">Times and limits.</param>
    public static JobsBuilder AddJobs<TDb>(
        this IServiceCollection services, string module, Action<JobsOptions>? configure = null)
        where TDb : MesDbContext =>
        services.AddJobs(module, provider => provider.GetRequiredService<ServiceDatabase<TDb>>().Source, configure);

    /// <summary>
    /// Adds the jobs of one module: <see cref="JobControl"/> under the module's key, a health check, and the engine
    /// behind them, which starts when the host has started and runs what is due. The database must be migrated before
    /// the host starts: the engine refuses to start without the tables of <see cref="JobsSchema"/>.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="module">The module's key; also names the cluster, so all processes of a module must agree.</param>
    /// <param name="database">
    /// The module's own database, with a role that needs no DDL. It keeps owning the data source.
    /// </param>
    /// <param name="configure">Times and limits.</param>
    public static JobsBuilder AddJobs(
        this IServiceCollection services,
        string module,
        Func<IServiceProvider, NpgsqlDataSource> database,
        Action<JobsOptions>? configure = null)
    {
        var builder = new JobsBuilder(services);
        var options = new JobsOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(module, (provider, _) =>
            new JobModule(module, database(provider), builder.Definitions, options));
        AddServices(services, module);
        services.AddHealthChecks().Add(new HealthCheckRegistration($"{module} jobs", provider =>
            new JobsHealth(provider.GetRequiredKeyedService<JobControl>(module)), null, null));
        QuartzJobs.Add(services, module, options, database);
        // After the engine's own hosted service, so that schedules meet an engine that is built but not yet started.
        services.AddSingleton<IHostedService>(provider => new DeclaredSchedules(
            provider.GetRequiredKeyedService<JobControl>(module), builder.Schedules));
        return builder;
    }

    static void AddServices(IServiceCollection services, string module)
    {
        services.AddKeyedSingleton(module, (provider, key) =>
            new JobRunLog(provider.GetRequiredKeyedService<JobModule>(key).Database));
        services.AddKeyedSingleton(module, (provider, key) => new JobRunner(
            provider.GetRequiredKeyedService<JobModule>(key),
            provider.GetRequiredKeyedService<JobRunLog>(key),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<JobRunner>>()));
        services.AddKeyedSingleton(module, (provider, key) => new JobControl(
            provider.GetRequiredKeyedService<JobModule>(key),
            provider.GetRequiredKeyedService<IJobEngine>(key),
            provider.GetRequiredKeyedService<JobRunLog>(key),
            provider.GetRequiredKeyedService<JobRunner>(key)));
    }
}

/// <summary>Collects a module's jobs and schedules.</summary>
public sealed class JobsBuilder
{
    readonly IServiceCollection _services;
    readonly Dictionary<string, JobDefinition> _definitions = new(StringComparer.Ordinal);
    readonly List<JobSchedule> _schedules = [];

    internal JobsBuilder(IServiceCollection services) => _services = services;

    internal IReadOnlyDictionary<string, JobDefinition> Definitions => _definitions;

    internal IReadOnlyList<JobSchedule> Schedules => _schedules;

    /// <summary>Adds a job that refuses overlap, with its schedules.</summary>
    /// <inheritdoc cref="AddJob{T}(string, JobPolicy, JobSchedule[])"/>
    public JobsBuilder AddJob<T>(string key, params JobSchedule[] schedules) where T : class, IJob =>
        AddJob<T>(key, new JobPolicy(), schedules);

    /// <summary>Adds a job with its schedules.</summary>
    /// <typeparam name="T">The job; created in a scope of its own for each attempt.</typeparam>
    /// <param name="key">Names the job; stored with its runs.</param>
    /// <param name="policy">Overlap and attempts.</param>
    /// <param name="schedules">
    /// Upserted whenever a process starts. One that is no longer declared stays until
    /// <see cref="JobControl.RemoveScheduleAsync"/> removes it.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The key is taken, or a schedule is of another job or cannot be kept.
    /// </exception>
    public JobsBuilder AddJob<T>(string key, JobPolicy policy, params JobSchedule[] schedules) where T : class, IJob
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(policy.AttemptsMax, 1);
        foreach (var schedule in schedules)
        {
            schedule.Validate();
            if (schedule.JobKey != key)
                throw new ArgumentException($"Schedule '{schedule.Key}' is of job '{schedule.JobKey}', not '{key}'.");
        }
        _definitions.Add(key, new JobDefinition(key, typeof(T), policy));
        _schedules.AddRange(schedules);
        _services.TryAddScoped<T>();
        return this;
    }
}

/// <summary>Upserts the schedules that the module declares.</summary>
sealed class DeclaredSchedules(JobControl jobs, IReadOnlyList<JobSchedule> schedules) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var schedule in schedules) await jobs.UpsertScheduleAsync(schedule, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
