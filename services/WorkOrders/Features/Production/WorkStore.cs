using Mes.Contracts;
using Mes.Kernel;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>
/// Where work that was begun is changed: under its order's lock, its time reported, the others told. A change of it tells
/// the device's time; one by a clock that is wrong is put right by as much as the clock is off.
/// </summary>
public sealed class WorkStore(
    WorkOrdersDb db, ReportReader read, ReportIntake intake, ReportUndo undo, TimeProvider clock)
{
    /// <summary>When something happened that a device may have kept for a while.</summary>
    /// <param name="at">When it happened by the device's clock; null: now.</param>
    /// <param name="deviceTime">That clock when the entry was sent; null where the device does not say.</param>
    public DateTimeOffset TimeOf(DateTimeOffset? at, DateTimeOffset? deviceTime)
    {
        var now = clock.GetUtcNow();
        var time = DeviceClock.PutRight(at, deviceTime, now);
        return DeviceClock.IsInFuture(time, now)
            ? throw new RuleViolation("work-in-the-future", "The time lies in the future. Check the device's clock.",
                ("at", at), ("serverTime", now))
            : time < now ? time : now;
    }

    /// <summary>Work on an operation, as it was last.</summary>
    public async Task<Work> Find(Guid? operationId, Guid id, CancellationToken ct) =>
        await db.Work.AsNoTracking().SingleOrDefaultAsync(
            work => work.Id == id && (operationId == null || work.OperationId == operationId), ct)
        ?? throw RuleViolation.NotFound("work", id);

    /// <summary>Work as it is under its order's lock, to be changed.</summary>
    public Task<Work> Held(Guid id, CancellationToken ct) => db.Work.SingleAsync(work => work.Id == id, ct);

    /// <summary>
    /// What its operator, at a terminal that serves its equipment, or who may act for others, does with work. The report of the
    /// time that ends by it has the command's id.
    /// </summary>
    public async Task<Ok<WorkView>> Change(
        Guid id, Guid commandId, WorkMoment when, Caller caller, Func<Work, Operation, DateTimeOffset, TimeRange?> change,
        CancellationToken ct)
    {
        var begun = await Find(null, id, ct);
        caller.MustServe(begun.Equipment);
        db.ActAs(caller, begun.Operator);
        var at = TimeOf(when.At, when.DeviceTime);
        begun = await Reopen(begun, at, ct);
        var (work, facts) = await Change(begun, at, (held, operation) => change(held, operation, at), commandId, ct);
        return TypedResults.Ok(WorkView.Of(work, facts.Order, facts.Operation, facts.Now));
    }

    /// <summary>Ends work by rule, where nobody else has ended it or has spoken of it since.</summary>
    public async Task<Work> End(Guid id, WorkEnd how, DateTimeOffset at, CancellationToken ct)
    {
        var report = Guid.CreateVersion7();
        return (await Change(await Find(null, id, ct), at,
            (work, operation) => work.EndBy(operation, how, at, report), report, ct)).Work;
    }

    /// <summary>
    /// What a rule has assumed of the end of work is taken back as somebody tells, say from a terminal that was offline, what
    /// they did with it: no time is lost, and none is doubled. Not where the operator has begun it anew.
    /// </summary>
    public async Task<Work> Reopen(Work begun, DateTimeOffset at, CancellationToken ct)
    {
        if (!begun.IsBelied(at))
        {
            return begun;
        }
        var order = (await db.LockOrderOf(begun.OperationId, ct))!;
        var work = await Held(begun.Id, ct);
        if (work.IsBelied(at) && !await db.Work.AnyAsync(w => w.OperationId == work.OperationId && w.Operator == work.Operator
            && w.Equipment == work.Equipment && w.State != WorkState.Ended, ct))
        {
            await TakeBack(work.BeforeRule!.ReportId, ct);
            var operation = await db.Operations.SingleAsync(o => o.Id == work.OperationId, ct);
            work.Reopen(operation);
            db.Outbox.Add(work.ToContract(order, operation));
            await db.Flush(ct);
        }
        db.ChangeTracker.Clear();       // it is read again, with what others know of it
        return await Find(null, begun.Id, ct);
    }

    /// <summary>Undoes a report, if it was made and nobody has undone it.</summary>
    async Task TakeBack(Guid id, CancellationToken ct)
    {
        var report = await db.Reports.AsNoTracking().SingleOrDefaultAsync(
            r => r.Id == id && !db.Reports.Any(counter => counter.Reverses == r.Id), ct);
        if (report is not null)
        {
            await undo.Undo(report, Guid.CreateVersion7(), ct);
        }
    }

    /// <summary>Changes work, and reports the time that the change says is to be reported.</summary>
    async Task<(Work Work, ReportingContext Facts)> Change(
        Work begun, DateTimeOffset at, Func<Work, Operation, TimeRange?> change, Guid reportId, CancellationToken ct)
    {
        var facts = await read.Read(begun.OperationId,
            new(begun.SignOnId, begun.Equipment, begun.Activity, Earlier(begun.ReportedUntil, at), at), default, ct);
        var work = await Held(begun.Id, ct);
        var before = work.Version;
        await Report(work, change(work, facts.Operation), facts, reportId, ct);
        if (work.Version != before)
        {
            db.Outbox.Add(work.ToContract(facts.Order, facts.Operation));
        }
        return (work, facts);
    }

    /// <summary>Adds work that was begun; setup ends as the run begins, and the other way round.</summary>
    /// <exception cref="RuleViolation">The operator works on it there already: code <c>work-under-way</c>.</exception>
    public async Task Add(Work work, ReportingContext facts, CancellationToken ct)
    {
        var before = await db.Work.SingleOrDefaultAsync(w => w.OperationId == work.OperationId && w.Operator == work.Operator
            && w.Equipment == work.Equipment && w.State != WorkState.Ended, ct);
        if (before?.Activity == work.Activity)
        {
            throw RuleViolation.Conflict("work-under-way", "It was begun already: resume or finish it.",
                ("work", before.Id), ("state", before.State.ToString()), ("startedAt", before.StartedAt));
        }
        if (before is not null)
        {
            await Report(before, before.End(facts.Operation, WorkEnd.Finished, work.StartedAt), facts, work.Id, ct);
            db.Outbox.Add(before.ToContract(facts.Order, facts.Operation));
            await db.Flush(ct);     // one at a time is under way
        }
        db.Work.Add(work);
        db.Outbox.Add(work.ToContract(facts.Order, facts.Operation));
    }

    /// <summary>Notes that a report with pieces was made of it, which may end it.</summary>
    public void NoteReport(Work work, DateTimeOffset until, bool ends, ReportingContext facts)
    {
        if (work.State == WorkState.Ended)
        {
            return;     // ended elsewhere before its report came
        }
        work.NoteReported(until);
        if (ends)
        {
            work.End(facts.Operation, WorkEnd.Finished, until);
            db.Outbox.Add(work.ToContract(facts.Order, facts.Operation));
        }
    }

    /// <summary>Its time becomes labour and equipment time by a report without pieces.</summary>
    async Task Report(Work work, TimeRange? time, ReportingContext facts, Guid id, CancellationToken ct)
    {
        if (time is not { IsEmpty: false, End: { } end } worked)
        {
            return;
        }
        var report = new ProductionReport
        {
            Id = id, OrderId = work.OrderId, OperationId = work.OperationId, Equipment = work.Equipment,
            Operator = work.Operator, SignOnId = work.SignOnId, Activity = work.Activity, StartedAt = worked.Start,
            EndedAt = end, Consumed = [], ReportedAt = facts.Now
        };
        await intake.Take(report, facts, Reporting.Book(report, facts), ct);
    }

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
