using Hangfire;
using Mes.Gateway.Data;
using Mes.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Credentials;

/// <summary>
/// The job that removes sessions that ended, and failures that were counted, long ago; the audit trail keeps that they were.
/// </summary>
sealed class SessionSweeper(IdentityDb db, TimeProvider clock) : IJob
{
    public const string Key = "sweep-sessions";

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    static readonly TimeSpan FailuresKeptFor = TimeSpan.FromHours(1); // they count for five minutes

    /// <summary>Once an hour; once at the start where it was missed.</summary>
    public static JobSchedule Hourly { get; } = new(Key, "7 * * * *", MisfireHandlingMode.Relaxed);

    public async Task Run(JobCall call, CancellationToken stop)
    {
        var before = clock.GetUtcNow() - KeptFor;
        await db.Sessions.Where(session => session.ExpiresAt < before).ExecuteDeleteAsync(stop);
        var lately = clock.GetUtcNow() - FailuresKeptFor;
        await db.SignInFailures.Where(failure => failure.LastAt < lately).ExecuteDeleteAsync(stop);
    }
}
