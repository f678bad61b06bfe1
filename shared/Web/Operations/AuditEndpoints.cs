using FluentValidation;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Mes.Web.Operations;

/// <summary>One change: who made it, when, by which command and why.</summary>
/// <param name="Id">Identity, in the order of time.</param>
/// <param name="At">When, UTC.</param>
/// <param name="ActorKind">What kind of actor.</param>
/// <param name="ActorId">Identity of the actor within the kind.</param>
/// <param name="ActorName">Name of the actor at the time.</param>
/// <param name="Device">Device it was made on, or null.</param>
/// <param name="Action">The command or message that made the change.</param>
/// <param name="Reason">Why, or null where nobody said.</param>
/// <param name="Changes">A JSON array of table, key, old and new values.</param>
public sealed record AuditView(
    Guid Id, DateTimeOffset At, ActorKind ActorKind, string ActorId, string ActorName, string? Device, string Action,
    string? Reason, string Changes)
{
    /// <summary>The entries asked for, newest first.</summary>
    public static async Task<Page<AuditView>> Page(
        MesDbContext db, AuditFilter filter, TimeFilter time, PageRequest page, CancellationToken ct)
    {
        var before = await Before(db, page, ct);
        var rows = await (await filter.Of(db, filter.Within(time, db), before, page.Size + 1, ct))
            .Where(row => row.At <= before.At && (row.At < before.At || row.Id < before.Id))
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(page.Size + 1)
            .Select(row => new AuditView(row.Id, row.At, row.ActorKind, row.ActorId, row.ActorName, row.Device, row.Action,
                row.Reason, row.Changes)).ToListAsync(ct);
        return Web.Page.Of(rows, page.Size, row => row.Id.ToString());
    }

    // By time, as which the index has them; the key is an id, which tells it
    static async Task<(DateTimeOffset At, Guid Id)> Before(MesDbContext db, PageRequest page, CancellationToken ct)
    {
        if (page.After is null) return (DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var id = page.AfterId();
        return await db.AuditEntries.Where(row => row.Id == id).Select(row => (DateTimeOffset?)row.At)
            .SingleOrDefaultAsync(ct) is { } at ? (at, id) : throw page.WrongKey();
    }
}

/// <summary>What of the trail is asked for.</summary>
/// <param name="Record">
/// Records, at most 200, any of which an entry touched, each as <c>table:key</c> such as <c>work_order:0198…</c>. A key of
/// several columns is a JSON object of them in their order: <c>routing:{"Code":"R1","Revision":"2"}</c>.
/// </param>
/// <param name="Actor">
/// What the actor's name has in it, whichever case. Without <c>record</c> and <c>from</c>, of the last 31 days before <c>to</c>.
/// </param>
/// <param name="Action">
/// The whole command as the API's paths have it, such as <c>POST /api/work-orders/orders/{id}/hold</c>, or the message; over the
/// time as for <c>actor</c>.
/// </param>
public sealed record AuditFilter(string[]? Record, string? Actor, string? Action)
{
    internal const int RecordsMax = 200;
    static readonly TimeSpan LookedThrough = TimeSpan.FromDays(31);

    /// <summary>The entries of a time; of what is found by what was done or by whom, at least so many before one.</summary>
    internal async Task<IQueryable<AuditEntry>> Of(
        MesDbContext db, TimeFilter time, (DateTimeOffset At, Guid Id) before, int count, CancellationToken ct)
    {
        var actor = Given(Actor) is { } name ? $"%{name}%" : null;
        // Services name a parameter's kind as well, {id:guid}, and for whom a client acts
        string[] actions = Given(Action)?.Replace("}", "%}", StringComparison.Ordinal) is { } action
            ? [action, $"{action} for %"] : [];
        if (Record is { Length: > 0 })
        {
            return Like(AuditRecord.Touched(db.AuditEntries,
                Record.Select(text => AuditRecord.Read(NormalForm.Of(text))).OfType<AuditRecord>()).In(time, row => row.At));
        }
        if (actor is null && actions.Length == 0) return db.AuditEntries.In(time, row => row.At);
        var (from, to) = time.Bounds();
        return await AuditDeeds.Like(db, actions, actor, ct) is { } deeds
            ? deeds.Newest(db.AuditEntries, from ?? DateTimeOffset.MinValue, to ?? DateTimeOffset.MaxValue, before, count)
            : Like(db.AuditEntries.In(time, row => row.At));

        IQueryable<AuditEntry> Like(IQueryable<AuditEntry> entries)
        {
            if (actor is not null) entries = entries.Where(row => EF.Functions.ILike(row.ActorName, actor, "\\"));
            return actions.Length == 0 ? entries
                : entries.Where(row => actions.Any(like => EF.Functions.ILike(row.Action, like)));
        }
    }

    /// <summary>The time asked for; where only a walk through the trail finds it, no more than can be walked.</summary>
    internal TimeFilter Within(TimeFilter time, MesDbContext db) =>
        time.From is null && Record is not { Length: > 0 } && (Given(Actor) ?? Given(Action)) is not null
            ? time with { From = (time.To ?? db.GetService<TimeProvider>().GetUtcNow()) - LookedThrough }
            : time;

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : NormalForm.Of(text.Trim())
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);
}

sealed class AuditFilterValidator : AbstractValidator<AuditFilter>
{
    public AuditFilterValidator()
    {
        RuleFor(filter => filter.Record).Must(records => records is null || records.Length <= AuditFilter.RecordsMax)
            .WithMessage($"Ask for at most {AuditFilter.RecordsMax} records.");
        RuleForEach(filter => filter.Record).Must(text => AuditRecord.Read(text) is not null)
            .WithMessage("Write a record as table:key, such as work_order:01980000-0000-7000-8000-000000000000.");
        RuleFor(filter => filter.Actor).MaximumLength(200).WithMessage("Use at most 200 characters.");
        RuleFor(filter => filter.Action).MaximumLength(200).WithMessage("Use at most 200 characters.");
    }
}

/// <summary>The audit trail of a service: newest first, and its chain checked.</summary>
static class AuditEndpoints
{
    /// <param name="group">The service.</param>
    /// <param name="history">Permission to read of single records; the whole trail is for whoever may read audits.</param>
    public static void MapAudit<TDb>(this RouteGroupBuilder group, string history) where TDb : MesDbContext
    {
        group.MapGet("/audit", List<TDb>).Named("listAuditEntries", "List the audit trail, or the history of records")
            .RequireAuthorization(history);
        group.MapGet("/audit/verdict", Verify<TDb>).Named("verifyAudit", "Verify that the audit trail is whole")
            .RequireAuthorization(Permissions.ReadAudit);
    }

    /// <summary>What was changed, of the records, by the actor and in the time asked for, the newest first.</summary>
    static async Task<Page<AuditView>> List<TDb>(
        TDb db, [AsParameters] AuditFilter filter, [AsParameters] TimeFilter time, [AsParameters] PageRequest page,
        Caller caller, CancellationToken ct) where TDb : MesDbContext
    {
        if (filter.Record is not { Length: > 0 } && !caller.May(Permissions.ReadAudit))
        {
            throw RuleViolation.Forbidden("not-permitted", "Name the records whose history you want to see.",
                ("permission", Permissions.ReadAudit));
        }
        return await AuditView.Page(db, filter, time, page, ct);
    }

    static Task<AuditVerdict> Verify<TDb>(ServiceDatabase<TDb> database, CancellationToken ct, bool whole = false)
        where TDb : MesDbContext => AuditVerdict.Of(database.Source, whole, ct);
}
