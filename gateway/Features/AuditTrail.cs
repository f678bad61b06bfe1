using System.ComponentModel.DataAnnotations;
using Mes.Gateway.Data;
using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Hosting.Operations;
using Mes.Messaging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features;

/// <summary>The audit trail of identity, newest first, and whether its chain holds.</summary>
static class AuditTrail
{
    public static void Map(RouteGroupBuilder identity)
    {
        identity.MapGet("/audit", List).RequireAuthorization(Permissions.ReadAudit);
        identity.MapGet("/audit/verdict", Verify).RequireAuthorization(Permissions.ReadAudit);
    }

    static async Task<Ok<Page<AuditEntry>>> List(
        IdentityDb db, Guid? after, [Range(1, 1000)] int limit = 100, CancellationToken ct = default)
    {
        var before = after ?? Guid.AllBitsSet;
        var rows = await db.AuditEntries.AsNoTracking().Where(row => row.Id < before)
            .OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Of(rows, limit, row => row.Id.ToString()));
    }

    static Task<AuditVerdict> Verify(ServiceDatabase<IdentityDb> database, CancellationToken ct, bool whole = false) =>
        AuditVerdict.Of(database.Source, whole, ct);
}
