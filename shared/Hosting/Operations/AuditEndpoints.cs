using Mes.Hosting.Auth;
using Mes.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Mes.Hosting.Operations;

/// <summary>The audit trail of a service: newest first, and its chain checked.</summary>
static class AuditEndpoints
{
    public static void MapAudit<TDb>(this RouteGroupBuilder group) where TDb : MesDbContext
    {
        group.MapGet("/audit", List<TDb>).RequireAuthorization(Permissions.ReadAudit);
        group.MapGet("/audit/verdict", Verify<TDb>).RequireAuthorization(Permissions.ReadAudit);
    }

    static async Task<Page<AuditEntry>> List<TDb>(
        TDb db, [AsParameters] PageRequest page, CancellationToken ct) where TDb : MesDbContext
    {
        var before = page.AfterId(first: Guid.AllBitsSet);
        var rows = await db.AuditEntries.AsNoTracking().Where(row => row.Id < before)
            .OrderByDescending(row => row.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }

    static Task<AuditVerdict> Verify<TDb>(ServiceDatabase<TDb> database, CancellationToken ct, bool whole = false)
        where TDb : MesDbContext => AuditVerdict.Of(database.Source, whole, ct);
}
