using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Andon;

/// <summary>Calls the next role when nobody has come for as long as the plant waits.</summary>
sealed partial class EscalationWatch(
    IServiceScopeFactory scopes, OutboxSignal<EquipmentDb> signal, TimeProvider clock, ILogger<EscalationWatch> log)
    : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    const string Name = "andon-escalation";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Escalate(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Stopped(log, failure.Message);
            }
        }
    }

    /// <summary>Looks at all calls that nobody has answered; each is changed under its own lock.</summary>
    internal async Task Escalate(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EquipmentDb>();
        var now = clock.GetUtcNow();
        var waiting = await db.AndonCalls.AsNoTracking()
            .Where(call => call.ClosedAt == null && call.Status == Contracts.AndonStatus.Called)
            .OrderBy(call => call.CalledAt).ToListAsync(ct);
        var rules = waiting.Count == 0 ? [] : await db.AllEscalations(ct);
        foreach (var call in waiting)
        {
            var rule = rules.Single(rule => rule.Kind == call.Kind);
            if (call.Escalate(rule, now))
            {
                await Escalate(call.Id, rule, now, ct);
            }
        }
    }

    async Task Escalate(Guid id, AndonEscalation rule, DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EquipmentDb>();
        (db.Actor, db.Action) = (Actor.System(Name), Name);
        await db.InTransaction(signal, () => db.Change(id, null, call =>
        {
            if (call.Escalate(rule, now))
            {
                Escalated(log, call.Kind, call.Equipment, call.Role);
            }
        }, ct), ct);
    }

    [LoggerMessage(4010, LogLevel.Warning, "Nobody has answered the call for {Kind} at {Equipment}: {Role} is called")]
    static partial void Escalated(ILogger log, AndonKind kind, string equipment, string role);

    [LoggerMessage(4011, LogLevel.Error, "Calls not escalated, trying again: {Why}")]
    static partial void Stopped(ILogger log, string why);
}
