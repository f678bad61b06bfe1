using Hangfire.PostgreSql;
using Mes.Hosting;
using Mes.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Jobs;

/// <summary>Collects a service's jobs and their schedules.</summary>
public sealed class JobsBuilder
{
    readonly IServiceCollection _services;
    readonly Dictionary<string, Type> _jobs = new(StringComparer.Ordinal);
    readonly Dictionary<JobSchedule, string> _recurring = [];

    internal JobsBuilder(IServiceCollection services, TimeZoneInfo zone, int workers) =>
        (_services, Zone, Workers) = (services, zone, workers);

    internal TimeZoneInfo Zone { get; }

    internal int Workers { get; }

    internal IReadOnlyDictionary<string, Type> Jobs => _jobs;

    internal IReadOnlyCollection<JobSchedule> Recurring => _recurring.Keys;

    /// <summary>Adds a job and when it runs by itself.</summary>
    /// <typeparam name="T">The job.</typeparam>
    /// <param name="key">Names it; stored with each call, so it stays as it is.</param>
    /// <param name="schedules">None where it runs on demand only.</param>
    /// <exception cref="ArgumentException">The key is taken, or a schedule cannot be kept.</exception>
    public JobsBuilder Add<T>(string key, params JobSchedule[] schedules) where T : class, IJob
    {
        _jobs.Add(key, typeof(T));
        foreach (var schedule in schedules) _recurring.Add(schedule.Checked(), key);
        _services.TryAddScoped<T>();
        return this;
    }

    internal string JobOf(JobSchedule schedule) => _recurring[schedule];
}

/// <summary>Registers jobs.</summary>
public static class JobsRegistration
{
    const int WorkersUsually = 2;

    /// <summary>
    /// Adds the jobs of a service, kept in its own database, and a server for them in this process. Schedules are read in
    /// the time zone of the plant (<c>Plant:TimeZone</c>, otherwise UTC).
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">Name of the service.</param>
    /// <param name="workers">How many jobs a process works on or waits with at a time.</param>
    public static JobsBuilder AddJobs<TDb>(this WebApplicationBuilder builder, string service, int workers = WorkersUsually)
        where TDb : MesDbContext
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(builder.Configuration["Plant:TimeZone"] ?? "UTC");
        var jobs = new JobsBuilder(builder.Services, zone, workers).Add<CleanUp<TDb>>(CleanUp<TDb>.Key, CleanUp<TDb>.Hourly);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<InboxCleaner<TDb>>();
        builder.Services.AddSingleton(provider => new Jobs<TDb>(provider.GetRequiredService<ServiceDatabase<TDb>>(), jobs));
        builder.Services.AddSingleton(new MigrationStep($"{service} jobs", Install<TDb>));
        builder.Services.AddKeyedSingleton(typeof(TDb), (provider, _) => new JobServer(
            provider.GetRequiredService<Jobs<TDb>>(), provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<JobServer>>()));
        builder.Services.AddSingleton<IHostedService>(Server);
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration($"{service} jobs",
            provider => new JobsHealth(
                provider.GetRequiredService<Jobs<TDb>>(), Server(provider), provider.GetRequiredService<TimeProvider>()),
            null, null));
        builder.Services.AddDashboard(service, provider => provider.GetRequiredService<Jobs<TDb>>());
        return jobs;

        static JobServer Server(IServiceProvider provider) => provider.GetRequiredKeyedService<JobServer>(typeof(TDb));
    }

    /// <summary>
    /// The engine's tables, made and brought up to date by the owner; the service's role changes rows alone. Services that start
    /// together wait for each other.
    /// </summary>
    static async Task Install<TDb>(IServiceProvider services, CancellationToken ct) where TDb : MesDbContext
    {
        var database = services.GetRequiredService<ServiceDatabase<TDb>>();
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync(ct);
        await Execute("SELECT pg_advisory_lock(hashtextextended('mes.jobs schema', 0))");
        // it waits for the database without giving its thread back: not the one that reads the sockets (decision 17)
        await Task.Run(() => PostgreSqlObjectsInstaller.Install(connection, JobModule.Schema), ct);
        await Execute(
            $"""
            DO $$
            DECLARE app text := regexp_replace(current_user, '_owner$', '_app');
            BEGIN
                EXECUTE format('GRANT USAGE ON SCHEMA {JobModule.Schema} TO %I', app);
                EXECUTE format(
                    'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {JobModule.Schema} TO %I', app);
                EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {JobModule.Schema} TO %I', app);
            END $$;
            SELECT pg_advisory_unlock_all();
            """);

        async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
