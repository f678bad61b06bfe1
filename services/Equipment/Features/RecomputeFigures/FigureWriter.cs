using Mes.Equipment.Data;
using Mes.Messaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Equipment.Features;

/// <summary>
/// Computes the figures of shifts whose reports or downtimes have changed, and of shifts that have ended. One process
/// per service does it at a time; each pass is one transaction of bounded size.
/// </summary>
sealed partial class FigureWriter(ServiceDatabase<EquipmentDb> database, TimeProvider clock, ILogger<FigureWriter> log)
    : BackgroundService
{
    const long LockKey = 0x46696775726573;       // 'Figures'
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>When the last pass ended well, also one that left the work to another process.</summary>
    public DateTimeOffset? LastPass { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Pass(stoppingToken))
                {
                    // until nothing is left
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Stopped(log, failure);      // whatever it is must not end the process; health tells when it lasts
            }
            await Task.Delay(Period, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>True where more may be waiting.</returns>
    async Task<bool> Pass(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var isMine = (await connection.Query(
            Sql.Statement($"SELECT pg_try_advisory_xact_lock({LockKey})"), row => row.GetBoolean(0), ct)).Single();
        var work = isMine ? await FigureWork.Take(connection, clock.GetUtcNow(), ct) : FigureWork.None;
        if (!work.IsEmpty)
            await new FigureRecomputation(connection, clock.GetUtcNow()).Run(work, ct);
        await transaction.CommitAsync(ct);
        LastPass = clock.GetUtcNow();
        return work.IsFull;
    }

    [LoggerMessage(5001, LogLevel.Error, "Shift figures not computed, trying again")]
    static partial void Stopped(ILogger log, Exception failure);
}

/// <summary>Unhealthy when the figures have not been kept up for a minute.</summary>
sealed class FigureHealth(FigureWriter writer, TimeProvider clock) : IHealthCheck
{
    static readonly TimeSpan PassMax = TimeSpan.FromMinutes(1);
    readonly DateTimeOffset _since = clock.GetUtcNow();

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var last = writer.LastPass ?? _since;
        return Task.FromResult(clock.GetUtcNow() - last <= PassMax
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"Shift figures were last computed at {last:O}."));
    }
}
