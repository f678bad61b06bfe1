using Hangfire;
using Mes.Equipment.Data;
using Mes.Jobs;
using Mes.Persistence;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Equipment.Features.Figures;

/// <summary>
/// Computes the figures of shifts whose reports or downtimes have changed, and of shifts that have ended: after each change
/// that this process commits, and at its start what others left. One process per service does it at a time; each pass is one
/// transaction of bounded size.
/// </summary>
sealed partial class FigureWriter(
    ServiceDatabase<EquipmentDb> database, FigureSignal signal, TimeProvider clock, ILogger<FigureWriter> log) : BackgroundService
{
    const long LockKey = 0x46696775726573;       // 'Figures'
    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    /// <summary>Since when it has tried again and again, or null.</summary>
    public DateTimeOffset? FailsSince { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            try
            {
                var began = clock.GetTimestamp();
                while (await Write(stoppingToken))
                {
                    // until all is done that waited
                }
                FailsSince = null;
                await Task.Delay(Pause(clock.GetElapsedTime(began)), clock, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                FailsSince ??= clock.GetUtcNow();
                Stopped(log, failure);      // whatever it is must not end the process; health tells when it lasts
                signal.Set();
                await Task.Delay(AfterFailure, clock, stoppingToken);
            }
        }
        while (await signal.Wait(stoppingToken));
    }

    /// <summary>Where much is to do, a shift is computed once for all that comes meanwhile.</summary>
    static TimeSpan Pause(TimeSpan took) => took * 4 < PauseMax ? took * 4 : PauseMax;

    /// <summary>One pass over what waits.</summary>
    /// <returns>Whether it has left anything of that.</returns>
    public async Task<bool> Write(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // waits for its turn: what the other one took before this one's mark was committed does not have it
        await Turn.Wait(connection, LockKey, ct);
        var now = clock.GetUtcNow();
        var work = await FigureWork.Take(connection, now, ct);
        var hasNext = await new FigureRecomputation(connection, now).Run(work, ct);
        await transaction.CommitAsync(ct);
        return hasNext || work.HasRest;
    }

    [LoggerMessage(4001, LogLevel.Error, "Shift figures not computed, trying again")]
    static partial void Stopped(ILogger log, Exception failure);
}

/// <summary>
/// The job that closes the shifts that have ended, and computes what a process that died has left. Where it fails, this
/// process's writer tries on: health tells of that one alone, which ends well as soon as it can.
/// </summary>
sealed class WriteFigures(FigureWriter writer, FigureSignal signal) : IJob
{
    public const string Key = "figures";

    /// <summary>Every minute; until then a shift that has ended is read from its records.</summary>
    public static JobSchedule EveryMinute { get; } = new(Key, "* * * * *", MisfireHandlingMode.Relaxed);

    public async Task Run(JobCall call, CancellationToken stop)
    {
        try
        {
            await writer.Write(stop);
        }
        finally
        {
            signal.Set();       // the rest, or another try
        }
    }
}

/// <summary>Unhealthy when the figures could not be computed for a minute.</summary>
sealed class FigureHealth(FigureWriter writer, TimeProvider clock) : IHealthCheck
{
    static readonly TimeSpan FailingMax = TimeSpan.FromMinutes(1);

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(writer.FailsSince is { } since && clock.GetUtcNow() - since > FailingMax
            ? HealthCheckResult.Unhealthy($"Shift figures could not be computed since {since:O}.")
            : HealthCheckResult.Healthy());
}
