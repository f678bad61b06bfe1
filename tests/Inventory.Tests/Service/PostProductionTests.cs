using static Mes.Inventory.Tests.Given;

namespace Mes.Inventory.Tests.Service;

public sealed class PostProductionTests(InventoryService service) : IClassFixture<InventoryService>
{
    [Fact]
    public async Task Good_pieces_of_a_receipt_operation_come_into_stock()
    {
        var product = $"P-{Guid.NewGuid():n}"[..12];
        await service.Report(Report(product, "L1", 12.5m, scrap: 3), Report(product, "L1", 4), Report(product, "L1", 7, isReceipt: false));

        (await service.OnHand(product, "L1")).ShouldBe(16.5m);
        (await service.LedgerSums(product)).ShouldBe("L1 PRODUCTION -16.500000\nL1 RECEIVING 16.500000");
        ((bool)(await service.Get($"/materials/{product}"))["isStub"]!).ShouldBeTrue();
        await service.BooksMustBalance();
    }
}
