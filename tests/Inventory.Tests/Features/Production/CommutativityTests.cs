using FsCheck;
using FsCheck.Fluent;
using Mes.Contracts;
using static Mes.Inventory.Tests.Given;

namespace Mes.Inventory.Tests.Features.Production;

/// <summary>
/// Random reports, counter-reports and repetitions, delivered through the outbox eight at a time in random orders, end
/// in the same stock, ledger sums and discrepancies.
/// </summary>
public sealed class CommutativityTests(InventoryService service) : IClassFixture<InventoryService>
{
    const int Orders = 3;
    const int Worlds = 8;

    /// <summary>One of the facts of a world, without the names that tell its copies apart.</summary>
    sealed record Deed(int Product, int Good, int UsedProduct, int Used, bool IsUndone);

    [Fact]
    public async Task The_order_of_facts_does_not_matter()
    {
        var worlds = Gen.Sample(World, Worlds, 12).ToList();
        foreach (var (world, number) in worlds.Select((world, i) => (world, i)))
        {
            var results = new List<string>();
            for (var order = 0; order < Orders; order++)
            {
                results.Add(await Play(world, $"C{number}-{order}-{Guid.NewGuid():n}"[..14], new System.Random(order)));
            }
            results.Distinct().Count().ShouldBe(1, string.Join("\n---\n", results) + "\n" + string.Join("\n", world));
        }
        await service.BooksMustBalance();
        (await service.Scalar<long>("SELECT count(*) FROM discrepancy WHERE kind = 'reversal-short'"))
            .ShouldBeGreaterThan(0, "the worlds are too kind to show anything");
    }

    async Task<string> Play(IReadOnlyList<Deed> world, string prefix, System.Random random)
    {
        var facts = new List<ProductionReported>();
        foreach (var (deed, minute) in world.Select((deed, i) => (deed, i)))
        {
            var report = Report($"{prefix}.{deed.Product}", "L", deed.Good, minute: minute, order: $"WO-{minute}",
                consumed: [Used($"{prefix}.{deed.UsedProduct}", "L", deed.Used)])
                with
            { ReportId = IdOf($"{prefix} {minute}") };
            facts.Add(report);
            if (deed.IsUndone) facts.Add(report.Counter());
        }
        var deliveries = facts.Concat(facts.Where(_ => random.Next(3) == 0)).ToArray();
        random.Shuffle(deliveries);
        await service.Apply("inventory-post-production", deliveries);
        return await Result(prefix);
    }

    async Task<string> Result(string prefix)
    {
        var sums = await service.Scalar<string>(
            $"""
            SELECT coalesce(string_agg(concat_ws(' ', material, lot, location, quantity), E'\n'
                                       ORDER BY material, lot, location), '') FROM (
                SELECT material, lot, location, sum(quantity) AS quantity
                FROM ledger_entry WHERE starts_with(material, '{prefix}')
                GROUP BY material, lot, location HAVING sum(quantity) <> 0) AS sums
            """);
        var open = await service.Scalar<string>(
            $"""
            SELECT coalesce(string_agg(concat_ws(' ', kind, order_number, material, quantity), E'\n'
                                       ORDER BY kind, order_number, material), '')
            FROM discrepancy WHERE starts_with(material, '{prefix}') AND status = 'Open'
            """);
        return $"{sums}\nopen:\n{open}".Replace(prefix, "", StringComparison.Ordinal);
    }

    static readonly Gen<Deed> Deeds =
        from product in Gen.Choose(0, 2)
        from good in Gen.Choose(0, 10)
        from usedProduct in Gen.Choose(0, 2)
        from used in Gen.Choose(0, 8)
        from isUndone in Gen.Elements(true, false, false)
        select new Deed(product, good, usedProduct, used, isUndone);

    static readonly Gen<IReadOnlyList<Deed>> World =
        from deeds in Deeds.ArrayOf(12)
        select (IReadOnlyList<Deed>)deeds;
}
