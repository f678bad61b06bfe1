using Hangfire;
using Mes.Gateway.Identity.Data;
using Mes.Jobs;
using Mes.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Sessions;

/// <summary>
/// The job that removes sessions that ended, failures that were counted, and terminals that asked to be taken, long ago; the
/// audit trail keeps that they were.
/// </summary>
sealed class SweepSessions(IdentityDb db, OutboxSignal<IdentityDb> signal, TimeProvider clock) : IJob
{
    public const string Key = "sweep-sessions";

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    static readonly TimeSpan FailuresKeptFor = TimeSpan.FromHours(1); // they count for five minutes

    /// <summary>Once an hour; once at the start where it was missed.</summary>
    public static JobSchedule Hourly { get; } = new(Key, "7 * * * *", MisfireHandlingMode.Relaxed);

    public Task Run(JobCall call, CancellationToken stop) => db.InTransaction(signal, async () =>
    {
        (db.Actor, db.Action) = (Actor.System(Key), Key);
        var (expired, last) = (clock.GetUtcNow() - KeptFor, clock.GetUtcNow() - FailuresKeptFor);
        Tell("sessions", expired, await db.Sessions.Where(session => session.ExpiresAt < expired).ExecuteDeleteAsync(stop));
        Tell("sign_in_failures", last, await db.SignInFailures.Where(failure => failure.LastAt < last).ExecuteDeleteAsync(stop));
        Tell("pairings", last, await db.Pairings.Where(pairing => pairing.ExpiresAt < last).ExecuteDeleteAsync(stop));
        return true;
    }, stop);

    void Tell(string table, DateTimeOffset before, int count)
    {
        if (count > 0) db.Audit(table, $"before {before:O}", new { Count = count }, null);
    }
}
