using Mes.Gateway.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Credentials;

/// <summary>
/// Removes sessions that ended, and failures that were counted, long ago; the audit trail keeps that they were.
/// </summary>
sealed partial class SessionSweeper(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SessionSweeper> logger)
    : BackgroundService
{
    static readonly TimeSpan Period = TimeSpan.FromHours(1);
    static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    static readonly TimeSpan FailuresKeptFor = TimeSpan.FromHours(1); // they count for five minutes

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await SweepAsync(stoppingToken);
    }

    async Task SweepAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
            var before = clock.GetUtcNow() - KeptFor;
            await db.Sessions.Where(session => session.ExpiresAt < before).ExecuteDeleteAsync(ct);
            var lately = clock.GetUtcNow() - FailuresKeptFor;
            await db.SignInFailures.Where(failure => failure.LastAt < lately).ExecuteDeleteAsync(ct);
        }
        catch (Npgsql.NpgsqlException error)
        {
            SweepFailed(logger, error); // the next period tries again
        }
    }

    [LoggerMessage(1101, LogLevel.Warning, "Ended sessions could not be removed")]
    static partial void SweepFailed(ILogger logger, Exception error);
}
