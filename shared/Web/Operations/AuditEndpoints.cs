using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

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
    /// <summary>The entries of a time before one, newest first.</summary>
    public static async Task<Page<AuditView>> Page(
        MesDbContext db, TimeFilter time, Guid before, int size, CancellationToken ct)
    {
        var rows = await db.AuditEntries.In(time, row => row.At).Where(row => row.Id < before)
            .OrderByDescending(row => row.Id).Take(size + 1)
            .Select(row => new AuditView(row.Id, row.At, row.ActorKind, row.ActorId, row.ActorName, row.Device, row.Action,
                row.Reason, row.Changes)).ToListAsync(ct);
        return Web.Page.Of(rows, size, row => row.Id.ToString());
    }
}

/// <summary>The audit trail of a service: newest first, and its chain checked.</summary>
static class AuditEndpoints
{
    public static void MapAudit<TDb>(this RouteGroupBuilder group) where TDb : MesDbContext
    {
        group.MapGet("/audit", List<TDb>).Named("listAuditEntries", "List the audit trail")
            .RequireAuthorization(Permissions.ReadAudit);
        group.MapGet("/audit/verdict", Verify<TDb>).Named("verifyAudit", "Verify that the audit trail is whole")
            .RequireAuthorization(Permissions.ReadAudit);
    }

    /// <summary>What was changed in the time asked for, the newest first.</summary>
    static async Task<Page<AuditView>> List<TDb>(
        TDb db, [AsParameters] TimeFilter time, [AsParameters] PageRequest page, CancellationToken ct) where TDb : MesDbContext
    {
        return await AuditView.Page(db, time, before: page.AfterId(first: Guid.AllBitsSet), page.Size, ct);
    }

    static Task<AuditVerdict> Verify<TDb>(ServiceDatabase<TDb> database, CancellationToken ct, bool whole = false)
        where TDb : MesDbContext => AuditVerdict.Of(database.Source, whole, ct);
}
