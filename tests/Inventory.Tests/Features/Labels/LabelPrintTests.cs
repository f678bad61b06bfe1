namespace Mes.Inventory.Tests.Features.Labels;

/// <summary>Labels of a lot are counted, so that a reprint says that it is one.</summary>
public sealed class LabelPrintTests(InventoryService service) : IClassFixture<InventoryService>
{
    [Fact]
    public async Task Labels_of_a_lot_are_counted_also_by_two_at_once_a_repeated_command_once()
    {
        var (material, command) = (await service.NewMaterial(), Guid.NewGuid());
        await service.Receive(material, "L/1.2", 5);
        var prints = $"/lots/{material}/L%2F1.2/prints";
        var first = await service.Post(prints, new { }, command);
        ((int)first["number"]!).ShouldBe(1);
        (await service.Post(prints, new { }, command)).ToJsonString().ShouldBe(first.ToJsonString());

        var more = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => service.Post(prints, new { })));
        more.Select(print => (int)print["number"]!).Order().ShouldBe([2, 3, 4]);
        var page = await service.Get($"{prints}?size=3");
        page["items"]!.AsArray().Select(print => (int)print!["number"]!).ShouldBe([4, 3, 2]);
        var rest = await service.Get($"{prints}?size=3&after={(string)page["next"]!}");
        rest["items"]!.AsArray().Select(print => (int)print!["number"]!).ShouldBe([1]);
        await service.Refused(404, "lot-not-found", $"/lots/{material}/none/prints", new { });
    }
}
