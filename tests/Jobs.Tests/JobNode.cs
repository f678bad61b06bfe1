using System.Globalization;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Jobs.Tests;

/// <summary>The database of a service that has jobs and nothing else.</summary>
public sealed class JobsDb(DbContextOptions<JobsDb> options) : MesDbContext(options);

/// <summary>What a test has a job do.</summary>
public delegate Task JobBody(JobCall call, CancellationToken stop);

sealed class ScriptedJob(JobBody body) : IJob
{
    public Task Run(JobCall call, CancellationToken stop) => body(call, stop);
}

/// <summary>
/// Lasts as many seconds as its argument says, and leaves a row: who ran it from when to when. What it is for is done
/// once, however often it begins.
/// </summary>
sealed class TracedJob(ServiceDatabase<JobsDb> database) : IJob
{
    public async Task Run(JobCall call, CancellationToken stop)
    {
        var row = (long)(await Execute(
            "INSERT INTO job_trace (job_id, process) VALUES ($1, $2) RETURNING id", call.JobId, Environment.ProcessId))!;
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(double.Parse(call.Argument!, CultureInfo.InvariantCulture)), stop);
            await Execute("INSERT INTO job_effect (job_id) VALUES ($1) ON CONFLICT DO NOTHING", call.JobId);
        }
        finally
        {
            await Execute("UPDATE job_trace SET ended_at = clock_timestamp() WHERE id = $1", row);
        }
    }

    async Task<object?> Execute(string sql, params object[] values)
    {
        await using var command = database.Source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync();
    }
}

/// <summary>A host that serves jobs, in the test's process or in one of its own.</summary>
public sealed class JobNode : IAsyncDisposable
{
    public const string Traced = "traced";
    public const string Scripted = "scripted";

    readonly WebApplication _app;
    bool _isStopped;

    JobNode(WebApplication app) => _app = app;

    public Jobs<JobsDb> Jobs => _app.Services.GetRequiredService<Jobs<JobsDb>>();

    /// <summary>Starts one in this process.</summary>
    public static async Task<JobNode> StartAsync(
        string connectionString, string ownerConnectionString, JobBody? body = null, string zone = "UTC",
        params JobSchedule[] schedules)
    {
        var node = await AskingAsync(connectionString, ownerConnectionString, body, zone, schedules);
        await node._app.StartAsync();
        return node;
    }

    /// <summary>One that asks for jobs and runs none.</summary>
    public static async Task<JobNode> AskingAsync(
        string connectionString, string ownerConnectionString, JobBody? body = null, string zone = "UTC",
        JobSchedule[]? schedules = null, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:jobs"] = connectionString, ["ConnectionStrings:jobs-owner"] = ownerConnectionString,
            ["Plant:TimeZone"] = zone
        });
        builder.Services.AddServiceDatabase<JobsDb>("jobs", builder.Configuration);
        builder.Services.AddSingleton(body ?? ((_, _) => Task.CompletedTask));
        builder.AddJobs<JobsDb>("jobs").Add<TracedJob>(Traced).Add<ScriptedJob>(Scripted, schedules ?? []);
        var node = new JobNode(builder.Build());
        await node._app.MigrateAll();
        return node;
    }

    /// <summary>Serves until the process is told to end.</summary>
    public static async Task ServeAsync(string connectionString, string ownerConnectionString)
    {
        await using var node = await StartAsync(connectionString, ownerConnectionString);
        await node._app.WaitForShutdownAsync();
    }

    /// <summary>What the health check of its jobs says.</summary>
    public async Task<HealthReportEntry> HealthAsync() =>
        (await _app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["jobs jobs"];

    public async ValueTask DisposeAsync()
    {
        if (_isStopped) return;
        _isStopped = true;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
