using System.ComponentModel.DataAnnotations;
using Mes.Gateway.Data;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Operations;

namespace Mes.Gateway.Features;

/// <summary>The audit trail of identity, newest first, and whether its chain holds.</summary>
static class AuditTrail
{
    public static void Map(RouteGroupBuilder identity)
    {
        identity.MapGet("/audit", List).RequireAuthorization(Permissions.ReadAudit);
        identity.MapGet("/audit/verdict", Verify).RequireAuthorization(Permissions.ReadAudit);
    }

    static Task<Page<AuditView>> List(
        IdentityDb db, Guid? after, [Range(1, 1000)] int limit = 100, CancellationToken ct = default) =>
        AuditView.Page(db, before: after ?? Guid.AllBitsSet, limit, ct);

    static Task<AuditVerdict> Verify(ServiceDatabase<IdentityDb> database, CancellationToken ct, bool whole = false) =>
        AuditVerdict.Of(database.Source, whole, ct);
}
