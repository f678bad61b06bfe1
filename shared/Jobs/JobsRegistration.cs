using Hangfire.PostgreSql;
using Mes.Persistence;
using Mes.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Jobs;

/// <summary>Collects a service's jobs and their schedules.</summary>
public sealed class JobsBuilder
{
    readonly IServiceCollection _services;

    internal JobsBuilder(IServiceCollection services, TimeZoneInfo zone, int workers) =>
        (_services, Zone, Workers) = (services, zone, workers);

    internal TimeZoneInfo Zone { get; }

    internal int Workers { get; }

    internal Dictionary<string, Type> Jobs { get; } = [];

    internal List<(string Job, JobSchedule Schedule)> Schedules { get; } = [];

    internal Dictionary<string, Func<string, string>> Links { get; } = [];

    /// <summary>Adds a job and when it runs by itself.</summary>
    /// <typeparam name="T">The job.</typeparam>
    /// <param name="key">Names it; stored with each call, so it stays as it is.</param>
    /// <param name="schedules">None where it runs on demand only.</param>
    /// <exception cref="ArgumentException">The key is taken, or a schedule cannot be kept.</exception>
    public JobsBuilder Add<T>(string key, params JobSchedule[] schedules) where T : class, IJob
    {
        Jobs.Add(key, typeof(T));
        Schedules.AddRange(schedules.Select(schedule => (key, schedule.Checked())));
        _services.TryAddScoped<T>();
        return this;
    }

    /// <summary>Links the pages of a job's runs with what they are about.</summary>
    /// <param name="key">The job.</param>
    /// <param name="addressOf">The address, of the run's argument.</param>
    public JobsBuilder Link(string key, Func<string, string> addressOf)
    {
        Links.Add(key, addressOf);
        return this;
    }
}

/// <summary>Registers jobs.</summary>
public static class JobsRegistration
{
    const int WorkersUsually = 2;

    /// <summary>
    /// Adds the jobs of a service, kept in its own database, and a server for them in this process. Schedules are read in
    /// the time zone of the plant; see <see cref="PlantZones"/>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="workers">How many jobs a process works on or waits with at a time.</param>
    public static JobsBuilder AddJobs<TDb>(this WebApplicationBuilder builder, string service, int workers = WorkersUsually)
        where TDb : MesDbContext
    {
        var zone = builder.Configuration.PlantZone();
        var jobs = new JobsBuilder(builder.Services, zone, workers).Add<CleanUp<TDb>>(CleanUp<TDb>.Key, CleanUp<TDb>.Hourly);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(provider => new Jobs<TDb>(
            provider.GetRequiredService<ServiceDatabase<TDb>>(), jobs, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<JobModule>(provider => provider.GetRequiredService<Jobs<TDb>>());
        builder.Services.AddSingleton(provider => provider.GetRequiredService<Jobs<TDb>>().Server(
            provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<ILogger<JobModule>>()));
        builder.Services.AddSingleton(new MigrationStep($"{service} jobs", Install<TDb>));
        builder.Services.AddHealthChecks().AddCheck<JobsHealth<TDb>>($"{service} jobs");
        builder.Services.AddDashboard(service, provider => provider.GetRequiredService<Jobs<TDb>>());
        return jobs;
    }

    /// <summary>
    /// The engine's tables, made and brought up to date by the owner; the service's role changes rows alone. Services that start
    /// together wait for each other.
    /// </summary>
    static async Task Install<TDb>(IServiceProvider services, CancellationToken ct) where TDb : MesDbContext
    {
        var database = services.GetRequiredService<ServiceDatabase<TDb>>();
        await using var connection = await LockSession.Open(database.OwnerConnectionString, ct);
        await Execute("SELECT pg_advisory_lock(hashtextextended('mes.jobs schema', 0))");
        // it waits for the database without giving its thread back: not the one that reads the sockets (decision 17)
        await Task.Run(() => PostgreSqlObjectsInstaller.Install(connection, JobModule.Schema), ct);
        await Execute(MesSchema.GrantsOn(JobModule.Schema));

        async Task Execute(string sql)
        {
            // SQL: rights on the engine's tables, given by their owner
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
