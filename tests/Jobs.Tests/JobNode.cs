using Mes.Hosting.Jobs;
using Mes.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Jobs.Tests;

public delegate Task<JobOutcome> JobBody(JobRun run, CancellationToken stop);

/// <summary>What the jobs of a test do.</summary>
public sealed class JobBodies
{
    internal Dictionary<string, (JobBody Body, JobPolicy Policy, JobSchedule[] Schedules)> All { get; } = [];

    public JobBodies Add(string key, JobBody body, JobPolicy? policy = null, params JobSchedule[] schedules)
    {
        All.Add(key, (body, policy ?? new JobPolicy(), schedules));
        return this;
    }
}

/// <summary>Does what the test said for its key.</summary>
sealed class ScriptedJob(JobBodies bodies) : IJob
{
    public Task<JobOutcome> RunAsync(JobRun run, CancellationToken stop) => bodies.All[run.JobKey].Body(run, stop);
}

/// <summary>Runs ahead of, or behind, the true time.</summary>
sealed class ShiftedClock : TimeProvider
{
    long _shiftTicks;

    /// <summary>A clock that now shows the given instant.</summary>
    public static ShiftedClock At(DateTimeOffset instant)
    {
        var clock = new ShiftedClock();
        clock.Set(instant);
        return clock;
    }

    public static ShiftedClock At(string instant) => At(DateTimeOffset.Parse(instant));

    /// <summary>Lets it show the given instant now, however long what came before took.</summary>
    public void Set(DateTimeOffset instant) => Volatile.Write(ref _shiftTicks, (instant - System.GetUtcNow()).Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _shiftTicks));
}

/// <summary>A process that serves jobs, but within the test's.</summary>
public sealed class JobNode : IAsyncDisposable
{
    public const string Module = "testing";

    readonly IHost _host;
    TestDatabase? _own;

    JobNode(IHost host) => _host = host;

    public JobControl Jobs => _host.Services.GetRequiredKeyedService<JobControl>(Module);

    public IJobEngine Engine => _host.Services.GetRequiredKeyedService<IJobEngine>(Module);

    /// <summary>Starts the only node of a database of its own, which goes with it.</summary>
    public static async Task<JobNode> StartAloneAsync(
        Action<JobBodies> add, TimeProvider? clock = null, Action<IServiceCollection>? more = null)
    {
        var database = await Postgres.CreateDatabaseAsync();
        var node = await StartAsync(database, add, clock, more);
        node._own = database;
        return node;
    }

    public static Task<JobNode> StartAsync(
        TestDatabase database, Action<JobBodies> add, TimeProvider? clock = null,
        Action<IServiceCollection>? more = null) => StartAsync(database.AppConnectionString, add, clock, more);

    public static async Task<JobNode> StartAsync(
        string connectionString, Action<JobBodies> add, TimeProvider? clock = null,
        Action<IServiceCollection>? more = null)
    {
        var bodies = new JobBodies();
        add(bodies);
        var host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        host.Logging.AddFilter((_, level) => level >= LogLevel.Warning).AddConsole();
        host.Services.AddSingleton(bodies).AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        more?.Invoke(host.Services);
        Register(host.Services, bodies);
        var node = new JobNode(host.Build());
        try
        {
            await node._host.StartAsync();
            return node;
        }
        catch
        {
            node._host.Dispose();
            throw;
        }
    }

    static void Register(IServiceCollection services, JobBodies bodies)
    {
        var jobs = services.AddJobs(Module, provider => provider.GetRequiredService<NpgsqlDataSource>(), Hasten);
        foreach (var (key, job) in bodies.All) jobs.AddJob<ScriptedJob>(key, job.Policy, job.Schedules);
    }

    /// <summary>Short times, so that nothing is waited for long.</summary>
    static void Hasten(JobsOptions options)
    {
        options.Lease = TimeSpan.FromSeconds(2);
        options.CheckIn = TimeSpan.FromSeconds(1);
        options.CheckInGrace = TimeSpan.FromSeconds(1);
        options.MissedAfter = TimeSpan.FromSeconds(2);
    }

    /// <summary>The last attempt of a run, once it has ended in one of the states.</summary>
    public async Task<JobRunEntry> EndAsync(Guid runId, params JobRunState[] states)
    {
        if (states.Length == 0) states = [JobRunState.Done];
        JobRunEntry? last = null;
        await Eventually.Async(async () =>
        {
            last = await Jobs.Runs.AttemptsAsync(runId, default) is [.., var latest] ? latest : null;
            return last is not null && states.Contains(last.State);
        }, () => $"run {runId} is {last?.State} ({last?.Reason}), not {string.Join("/", states)}");
        return last!;
    }

    public T Service<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public T Service<T>(string key) where T : notnull => _host.Services.GetRequiredKeyedService<T>(key);

    public Task<IReadOnlyList<JobRunEntry>> RunsAsync() => Jobs.Runs.NewestAsync(null, 1000, default);

    /// <summary>Shuts the process down in good order.</summary>
    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        if (_own is not null) await _own.DisposeAsync();
    }
}
