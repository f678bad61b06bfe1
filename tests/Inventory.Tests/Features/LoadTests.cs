using System.Net;
using Mes.Contracts;
using static Mes.Inventory.Tests.Given;

namespace Mes.Inventory.Tests.Features;

/// <summary>64 clients at once on the same lots.</summary>
public sealed class LoadTests(InventoryService service) : IClassFixture<InventoryService>
{
    const int Clients = 64;

    async Task<Dictionary<HttpStatusCode, int>> AllAtOnce(Func<int, (string Path, object Body)> command)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var (path, body) = command(client);
            using var response = await service.Send(HttpMethod.Post, path, body);
            return response.StatusCode;
        }));
        return answers.CountBy(status => status).ToDictionary();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Nobody_is_issued_what_another_has_got(int everyWhichNamesTheLot)
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "B1", 40);
        var answers = await AllAtOnce(client => ("/issues",
            new
            {
                order = $"WO-{client}", material, quantity = 1, unit = "pcs",
                lot = client % everyWhichNamesTheLot == 0 ? "B1" : null
            }));

        answers[HttpStatusCode.OK].ShouldBe(40);
        answers[HttpStatusCode.UnprocessableEntity].ShouldBe(24);
        (await service.OnHand(material)).ShouldBe(0);
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task Nothing_is_reserved_twice()
    {
        var material = await service.NewMaterial();
        foreach (var lot in Enumerable.Range(0, 5)) await service.Receive(material, $"B{lot}", 10);
        var orders = service.Apply("inventory-reserve-materials", Enumerable.Range(0, 16).Select(i => Order(
            $"{material}-{i}", 1, WorkOrderStatus.Released, null, new RequiredMaterial(material, 2, "pcs"))));
        var answers = await AllAtOnce(client => ("/reservations",
            new { order = $"{material}-H{client}", material, quantity = 1.5m, unit = "pcs" }));
        await orders;

        answers.Keys.ShouldBeSubsetOf([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity]);
        var byHand = answers[HttpStatusCode.OK] * 1.5m;
        var reserved = await service.Scalar<decimal>($"SELECT sum(quantity) FROM reservation WHERE material = '{material}'");
        var missing = await service.Scalar<decimal>($"SELECT sum(missing) FROM component_demand WHERE material = '{material}'");
        reserved.ShouldBe(byHand + 32 - missing);
        reserved.ShouldBeInRange(48.5m, 50);        // less than one client's wish is left
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task Movements_orders_and_reports_of_the_same_materials_do_not_stop_each_other()
    {
        string[] materials = [await service.NewMaterial("A"), await service.NewMaterial("B")];
        foreach (var material in materials)
        {
            await service.Receive(material, "B1", 100);
            await service.Receive(material, "B2", 100);
        }
        var orders = service.Apply("inventory-reserve-materials", Enumerable.Range(0, 24).Select(i => Order(
            $"{materials[0]}-{i % 8}", 1 + (i / 8), i >= 16 ? WorkOrderStatus.Completed : WorkOrderStatus.Released, null,
            new RequiredMaterial(materials[i % 2], 9, "pcs"), new RequiredMaterial(materials[1 - (i % 2)], 7, "pcs"))));
        var reports = service.Apply("inventory-post-production", Enumerable.Range(0, 48).Select(i => Report(
            $"P{materials[0]}", "L", 1, order: $"{materials[0]}-{i % 8}",
            consumed: [Used(materials[i % 2], "B1", 1), Used(materials[1 - (i % 2)], $"B{1 + (i % 2)}", 2)])));
        var answers = await AllAtOnce(client => (client % 4) switch
        {
            0 => ("/receipts", (object)new
            {
                material = materials[client % 3 % 2], lot = "B1", quantity = 1, unit = "pcs", location = "STORE"
            }),
            1 => ("/issues", new
            {
                order = $"{materials[0]}-{client % 8}", material = materials[client % 3 % 2], quantity = 1, unit = "pcs"
            }),
            2 => ("/adjustments", new
            {
                material = materials[client % 3 % 2],
                lot = "B2",
                quantity = -1,
                unit = "pcs",
                location = "STORE",
                reason = "count"
            }),
            _ => ("/moves", new
            {
                material = materials[client % 3 % 2], lot = "B1", quantity = 1, unit = "pcs", from = "STORE", to = "RECEIVING"
            })
        });
        await Task.WhenAll(orders, reports);
        await service.Drained();

        answers.Keys.ShouldBeSubsetOf([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity]);
        (await service.Scalar<decimal>(
            $"SELECT coalesce(sum(quantity), 0) FROM reservation WHERE material = ANY ('{{{materials[0]},{materials[1]}}}')"))
            .ShouldBe(0, "all orders are completed");
        var total = await service.OnHand(materials[0]) + await service.OnHand(materials[1]);
        var consumed = await service.Scalar<decimal>(
            $"""
            SELECT -sum(quantity) FROM ledger_entry WHERE material IN ('{materials[0]}', '{materials[1]}')
            AND location IN ('SUPPLIER', 'CONSUMPTION', 'ADJUSTMENT')
            """);
        total.ShouldBe(consumed);
        await service.BooksMustBalance();
    }
}
