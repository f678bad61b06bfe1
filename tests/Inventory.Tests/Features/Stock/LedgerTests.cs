using Mes.Inventory.Domain;
using Npgsql;
using static Mes.Inventory.Tests.Given;

namespace Mes.Inventory.Tests.Features.Stock;

/// <summary>The database itself keeps the books, whatever the code above it does.</summary>
public sealed class LedgerTests(InventoryService service) : IClassFixture<InventoryService>
{
    const string Movement = """
        INSERT INTO movement (id, kind, source_kind, source_id, leg_kind, part, occurred_at, posted_at)
        VALUES ('{0}', 'move', 'test', '{0}', 'move', 1, now(), now());
        """;

    async Task<string?> Try(string sql)
    {
        await using var command = service.Database.CreateCommand(sql);
        try
        {
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.ConstraintName ?? refused.SqlState;
        }
    }

    [Fact]
    public async Task A_movement_that_does_not_sum_to_zero_is_refused()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        await service.Receive(material, "B2", 10);
        string Entries(string lot, string quantity)
        {
            var id = Guid.NewGuid();
            return "BEGIN;" + Movement.Replace("{0}", id.ToString(), StringComparison.Ordinal) + $"""
                INSERT INTO ledger_entry (movement_id, line, material, lot, location, quantity) VALUES
                    ('{id}', 1, '{material}', 'B1', 'STORE', -1), ('{id}', 2, '{material}', '{lot}', 'SCRAP', {quantity});
                COMMIT;
                """;
        }
        (await Try(Entries("B1", "2"))).ShouldBe("movement_balanced");
        (await Try(Entries("B2", "1"))).ShouldBe("movement_balanced");
        (await Try(Entries("B1", "0"))).ShouldBe("ledger_entry_quantity_check");
    }

    [Fact]
    public async Task Stock_is_never_negative_nor_less_than_what_is_reserved_of_it()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        string Set(string change) => $"UPDATE stock SET {change} WHERE material = '{material}' AND location = 'STORE'";
        (await Try(Set("on_hand = -1"))).ShouldBe("stock_on_hand");
        (await Try(Set("reserved = 11"))).ShouldBe("stock_reserved");
        (await Try(Set("reserved = -1"))).ShouldBe("stock_reserved");
    }

    [Fact]
    public async Task The_service_itself_may_not_change_the_ledger()
    {
        foreach (var table in new[] { "movement", "ledger_entry", "production_report", "audit" })
        {
            foreach (var right in new[] { "UPDATE", "DELETE", "TRUNCATE" })
            {
                (await service.Scalar<bool>($"SELECT has_table_privilege('mes_inventory_app', '{table}', '{right}')"))
                    .ShouldBeFalse($"{right} on {table}");
            }
            (await service.Scalar<bool>($"SELECT has_table_privilege('mes_inventory_app', '{table}', 'INSERT')")).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task The_verdict_names_each_balance_that_is_wrong()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        await service.Report(Report($"P{material}", "L", 3));
        await service.BooksMustBalance();
        (await Try($"UPDATE stock SET on_hand = on_hand + 1 WHERE material = '{material}' AND location = 'STORE'"))
            .ShouldBeNull();

        var verdict = await service.Get("/ledger/verdict");
        ((bool)verdict["isBalanced"]!).ShouldBeFalse();
        ((decimal)verdict["debits"]!).ShouldBe((decimal)verdict["credits"]!);
        var wrong = verdict["mismatches"]!.AsArray().Single()!;
        ((string)wrong["material"]!, (decimal)wrong["ledger"]!, (decimal)wrong["onHand"]!).ShouldBe((material, 10, 11));
        (await Try($"UPDATE stock SET on_hand = on_hand - 1 WHERE material = '{material}' AND location = 'STORE'"))
            .ShouldBeNull();
    }

    [Fact]
    public async Task Each_change_leaves_one_audit_entry()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 10);
        (await service.Scalar<long>($"SELECT count(*) FROM audit WHERE changes::text LIKE '%{material}%'")).ShouldBe(2);
    }
}
