using Dapper;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>What has to be known to show routings besides: of the codes they name, and which revisions are followed.</summary>
/// <param name="IsRetired">Whether equipment is retired, by code.</param>
/// <param name="CapacityOf">How many units there are of a resource, by code.</param>
/// <param name="Current">The revision that orders made now follow, by the code of the routing.</param>
sealed record KnownCodes(
    IReadOnlyDictionary<string, bool> IsRetired, IReadOnlyDictionary<string, int> CapacityOf,
    IReadOnlyDictionary<string, string?> Current)
{
    /// <summary>What is probably wrong in a step.</summary>
    public IEnumerable<RoutingWarning> WarningsOf(RoutingStep step) => step.Equipment
        .Where(code => IsRetired.GetValueOrDefault(code, defaultValue: true))
        .Select(code => new RoutingWarning(
            IsRetired.ContainsKey(code) ? "equipment-retired" : "equipment-not-found", step.Code, code, null))
        .Concat((step.Planning?.Resources ?? [])
            .Where(need => CapacityOf.GetValueOrDefault(need.Resource) < need.Quantity)
            .Select(need => new RoutingWarning(
                CapacityOf.ContainsKey(need.Resource) ? "resource-too-small" : "resource-not-found", step.Code, null,
                need.Resource)));

    /// <summary>Which of the equipment and resources that routings name are known.</summary>
    public static async Task<KnownCodes> In(IReadOnlyList<Routing> routings, WorkOrdersDb db, CancellationToken ct)
    {
        var steps = routings.SelectMany(routing => routing.Steps).ToList();
        var equipment = steps.SelectMany(step => step.Equipment).Distinct().ToArray();
        var resources = steps.SelectMany(step => step.Planning?.Resources ?? []).Select(need => need.Resource).Distinct()
            .ToArray();
        await using var results = await db.Connection.QueryMultipleAsync(new CommandDefinition(
            """
            SELECT code, retired_at IS NOT NULL FROM equipment WHERE code = ANY (@equipment);
            SELECT code, capacity FROM resource WHERE code = ANY (@resources);
            """, new { equipment, resources }, db.Transaction, cancellationToken: ct));
        return new KnownCodes(
            (await results.ReadAsync<(string Code, bool Is)>()).ToDictionary(row => row.Code, row => row.Is),
            (await results.ReadAsync<(string Code, int Capacity)>()).ToDictionary(row => row.Code, row => row.Capacity),
            await CurrentOf(routings, db, ct));
    }

    // What these routings say counts, also where it is not written yet
    static async Task<Dictionary<string, string?>> CurrentOf(
        IReadOnlyList<Routing> routings, WorkOrdersDb db, CancellationToken ct)
    {
        var now = db.GetService<TimeProvider>().GetUtcNow();
        string[] codes = [.. routings.Select(routing => routing.Code).Distinct()];
        var kept = await db.Routings.AsNoTracking().Where(routing => codes.Contains(routing.Code))
            .Select(r => new { r.Code, Of = new EffectiveRevision(r.Revision, r.EffectiveFrom, r.EffectiveTo) }).ToListAsync(ct);
        var said = routings.Select(r => new
        {
            r.Code, Of = new EffectiveRevision(r.Revision, r.EffectiveFrom, r.EffectiveTo)
        }).ToList();
        return said.Concat(kept).DistinctBy(one => (one.Code, one.Of.Revision)).GroupBy(one => one.Code).ToDictionary(
            group => group.Key, group => group.Select(one => one.Of).NewestEffective(now)?.Revision);
    }
}
