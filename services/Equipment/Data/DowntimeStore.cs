using FluentValidation;
using Mes.Contracts;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Data;

/// <summary>
/// Keeps downtimes and what follows from each change of one: the timeline, what others are told, the labour.
/// </summary>
sealed class DowntimeStore(EquipmentDb db, Timeline timeline, Availability availability, TimeProvider clock)
{
    /// <exception cref="RuleViolation">There is no such unit (404).</exception>
    public Task RequireUnit(string code, CancellationToken ct) => db.RequireUnit(code, ct);

    /// <exception cref="RuleViolation">The reason is unknown, or has others below it.</exception>
    public async Task RequireReason(string code, CancellationToken ct)
    {
        if (!await db.Reasons.AnyAsync(row => row.Code == code, ct))
            throw new RuleViolation("reason-not-found", "Name a reason of the tree, or none.", ("reason", code));
        if (await db.Reasons.AnyAsync(row => row.ParentCode == code, ct))
            throw new RuleViolation("reason-not-a-leaf", "Name one of the reasons below it.", ("reason", code));
    }

    /// <summary>
    /// A stop is entered, and withdrawn, under one's own name or by whoever acts for others, and at a terminal that is
    /// bound to the equipment, where it is bound.
    /// </summary>
    /// <exception cref="RuleViolation">It is another operator's, or another terminal's (403).</exception>
    public void RequireOwn(Caller caller, string equipment, string? @operator)
    {
        caller.MustServe(equipment);
        if (@operator is not null)
            db.ActAs(caller, @operator);
    }

    /// <summary>Reads a downtime to change it; changes of its equipment queue up from here on.</summary>
    /// <exception cref="RuleViolation">There is none (404).</exception>
    public async Task<Downtime> ForUpdate(Guid id, CancellationToken ct)
    {
        var equipment = await db.Downtimes.Where(row => row.Id == id).Select(row => row.Equipment)
                .SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("downtime", id);
        await timeline.Hold(equipment, ct);
        return await db.Downtimes.SingleAsync(row => row.Id == id, ct);
    }

    /// <summary>Adds a downtime, which may have ended already.</summary>
    public async Task Open(Downtime downtime, CancellationToken ct)
    {
        db.Downtimes.Add(downtime);
        await timeline.Retile([new(downtime.Equipment, downtime.Time)], downtime.Record, ct);
        await Tell(downtime, ct);
        if (downtime.EndedAt is not null)
            Publish(downtime);
    }

    /// <summary>Takes up that a downtime has ended.</summary>
    public async Task Close(Downtime downtime, CancellationToken ct)
    {
        await timeline.Retile([new(downtime.Equipment, new TimeRange(downtime.StartedAt, null))], downtime.Record, ct);
        await Tell(downtime, ct);
        Publish(downtime);
    }

    /// <summary>Takes up that a downtime was withdrawn.</summary>
    public async Task Withdraw(Downtime downtime, CancellationToken ct)
    {
        await timeline.Retile([new(downtime.Equipment, downtime.Time)], downtime.Record, ct);
        await Tell(downtime, ct);
        db.Outbox.Add(new DowntimeWithdrawn(
            downtime.Id, downtime.Equipment, downtime.StartedAt, downtime.EndedAt,
            downtime.Withdrawal!.WithdrawnAt));
    }

    /// <summary>Tells others where what they know of the equipment's availability is no longer so.</summary>
    // Judged at the latest instant that the downtime speaks of: a device's clock may run ahead of ours.
    public Task Tell(Downtime downtime, CancellationToken ct) => availability.Tell(
        downtime.Equipment, new[] { clock.GetUtcNow(), downtime.StartedAt, downtime.EndedAt ?? default }.Max(), ct);

    void Publish(Downtime ended) => db.Outbox.Add(new DowntimeRecorded(
        ended.Id, ended.Equipment, ended.Operator, ended.OrderNumber, ended.OperationCode, ended.MainReason,
        ended.StartedAt, ended.EndedAt!.Value));
}
