using Dapper;
using Mes.Jobs;
using Mes.Persistence;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Production;

/// <summary>
/// The job that ends what operators did not: work under a sign-on that has ended, as of then, and work that nobody has spoken
/// of for longer than work lasts, as of the last word. It is marked, and its time up to then is reported.
/// </summary>
sealed partial class EndForgottenWork(
    ServiceDatabase<WorkOrdersDb> database, IServiceScopeFactory scopes, OutboxSignal<WorkOrdersDb> signal, TimeProvider clock,
    ILogger<EndForgottenWork> log) : IJob
{
    public const string Key = "forgotten-work";

    /// <summary>Every minute.</summary>
    public static JobSchedule EveryMinute { get; } = new(Key, "* * * * *", Hangfire.MisfireHandlingMode.Relaxed);

    public async Task Run(JobCall call, CancellationToken stop)
    {
        foreach (var forgotten in await Find(stop))
        {
            try
            {
                await End(forgotten, stop);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                NotEnded(log, forgotten.Id, failure.Message);
            }
        }
    }

    async Task<List<Forgotten>> Find(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        return (await connection.QueryAsync<Forgotten>(new CommandDefinition(
            """
            SELECT k.id, s.signed_off_at, greatest(k.since, k.reported_until) AS last_word
            FROM work k JOIN sign_on s ON s.id = k.sign_on_id
            WHERE k.state <> 'Ended' AND (s.signed_off_at IS NOT NULL OR greatest(k.since, k.reported_until) < @before)
            ORDER BY k.id
            """, new { before = clock.GetUtcNow() - Work.LengthMax }, cancellationToken: ct))).AsList();
    }

    /// <summary>Each in a unit of its own, so that one which cannot be ended keeps none of the others.</summary>
    async Task End(Forgotten forgotten, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkOrdersDb>();
        (db.Actor, db.Action) = (Actor.System(Key), Key);
        var works = scope.ServiceProvider.GetRequiredService<WorkStore>();
        var (how, at) = forgotten.SignedOffAt is { } off
            ? (WorkEnd.SignOff, new DateTimeOffset(off)) : (WorkEnd.Forgotten, new DateTimeOffset(forgotten.LastWord));
        await db.InTransaction(signal, () => works.End(forgotten.Id, how, at, ct), ct);
        Ended(log, forgotten.Id, how, at);
    }

    sealed class Forgotten
    {
        public Guid Id { get; init; }
        public DateTime? SignedOffAt { get; init; }
        public DateTime LastWord { get; init; }
    }

    [LoggerMessage(3003, LogLevel.Error, "Work {Work} not ended by rule, trying again: {Why}")]
    static partial void NotEnded(ILogger log, Guid work, string why);

    [LoggerMessage(3002, LogLevel.Information, "Work {Work} ended by rule: {How} as of {At}")]
    static partial void Ended(ILogger log, Guid work, WorkEnd how, DateTimeOffset at);
}
