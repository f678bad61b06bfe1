using Mes.Inventory.Domain;
using Mes.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Data;

/// <summary>Finds what a command names, or says that it is not there.</summary>
static class StockLookup
{
    /// <summary>
    /// Locks a material that must exist: shared for a movement, alone for a decision over all its lots.
    /// </summary>
    /// <exception cref="RuleViolation">Code <c>material-not-found</c>.</exception>
    public static async Task<Material> LockMaterial(this InventoryDb db, string code, bool alone, CancellationToken ct)
    {
        await (alone ? db.OwnMaterials([code], ct) : db.ShareMaterials([code], ct));
        return await db.Materials.AsNoTracking().SingleOrDefaultAsync(material => material.Code == code, ct)
            ?? throw new RuleViolation("material-not-found", "No material has this code. Check it, or define it first.",
                ("material", code));
    }

    /// <exception cref="RuleViolation">Code <c>location-not-found</c>, or <c>location-not-real</c>.</exception>
    public static async Task<Location> RequireLocation(this InventoryDb db, string code, CancellationToken ct)
    {
        var location = await db.Locations.AsNoTracking().SingleOrDefaultAsync(l => l.Code == code, ct)
            ?? throw new RuleViolation("location-not-found", "No location has this code. Check it, or define it first.",
                ("location", code));
        location.RequireReal();
        return location;
    }

    /// <summary>Locks one lot that must exist; its material is locked.</summary>
    /// <exception cref="RuleViolation">Code <c>lot-not-found</c>.</exception>
    public static async Task<LotStock> LockLot(this InventoryDb db, LotKey key, CancellationToken ct) =>
        (await db.LockLots([key], null, ct)).GetValueOrDefault(key)
        ?? throw new RuleViolation("lot-not-found", "No lot of this material has this number. Check it.",
            ("material", key.Material), ("lot", key.Number));

    /// <summary>
    /// Finds materials by code. One that a movement or an order names before anybody has defined it is made as a stub,
    /// with the unit given here.
    /// </summary>
    public static async Task<Dictionary<string, Material>> MaterialsOrStubs(
        this InventoryDb db, IEnumerable<(string Code, string Unit)> codesAndUnits, CancellationToken ct)
    {
        var wanted = codesAndUnits.GroupBy(pair => pair.Code).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var codes = wanted.ConvertAll(group => group.Key);
        var found = await FindMaterials(db, codes, ct);
        if (found.Count < codes.Count)
        {
            // SQL: several transactions may name a new material at once: put in where it is not there, and returned
            var stubs = await db.Read<(string Code, string Unit)>(
                """
                INSERT INTO material (code, name, unit, is_stub)
                SELECT code, code, unit, true FROM unnest(@codes, @units) WITH ORDINALITY AS stub (code, unit, place)
                ORDER BY place ON CONFLICT DO NOTHING RETURNING code, unit
                """, new { codes, units = wanted.ConvertAll(group => group.First().Unit) }, ct);
            stubs.ForEach(stub => db.Audit("material", stub.Code, null, new { stub.Unit, IsStub = true }));
            found = await FindMaterials(db, codes, ct);
        }
        return found;
    }

    static Task<Dictionary<string, Material>> FindMaterials(InventoryDb db, List<string> codes, CancellationToken ct) =>
        db.Materials.AsNoTracking().Where(material => codes.Contains(material.Code))
            .ToDictionaryAsync(material => material.Code, ct);
}
