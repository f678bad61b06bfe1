using Hangfire;
using Mes.Gateway.Data;
using Mes.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Credentials;

/// <summary>The job that removes sessions that ended long ago; the audit trail keeps that they were.</summary>
sealed class SessionSweeper(IdentityDb db, TimeProvider clock) : IJob
{
    public const string Key = "sweep-sessions";

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>Once an hour.</summary>
    public static JobSchedule Hourly { get; } = new(Key, "7 * * * *", MisfireHandlingMode.Ignorable);

    public Task Run(JobCall call, CancellationToken stop)
    {
        var before = clock.GetUtcNow() - KeptFor;
        return db.Sessions.Where(session => session.ExpiresAt < before).ExecuteDeleteAsync(stop);
    }
}
