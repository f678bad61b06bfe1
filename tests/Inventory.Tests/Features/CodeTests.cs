using System.Text.Json.Nodes;

namespace Mes.Inventory.Tests.Features;

/// <summary>Codes in addresses and bodies are one thing by one rule.</summary>
public sealed class CodeTests(InventoryService service) : IClassFixture<InventoryService>
{
    static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    [Fact]
    public async Task A_slash_and_what_stands_for_it_are_two_materials()
    {
        await service.Put("/materials/X%2FY", new { name = "with a slash", unit = "pcs", isTrackedByLot = true });
        await service.Put("/materials/X%252FY", new { name = "with a percent sign", unit = "kg", isTrackedByLot = true });

        var slash = await service.Get("/materials/X%2FY");
        var percent = await service.Get("/materials/X%252FY");

        ((string?)slash["code"], (string?)slash["unit"]).ShouldBe(("X/Y", "pcs"));
        ((string?)percent["code"], (string?)percent["unit"]).ShouldBe(("X%2FY", "kg"));
    }

    [Fact]
    public async Task A_slash_and_what_stands_for_it_are_two_lots()
    {
        var material = await service.NewMaterial();
        await service.Receive(material, "A/B", 3);
        await service.Receive(material, "A%2FB", 5);

        var slash = await service.Get($"/lots/{material}/A%2FB");
        var percent = await service.Get($"/lots/{material}/A%252FB");

        ((string?)slash["lot"]!["lot"], OnHand(slash)).ShouldBe(("A/B", 3));
        ((string?)percent["lot"]!["lot"], OnHand(percent)).ShouldBe(("A%2FB", 5));
    }

    [Fact]
    public async Task One_letter_typed_in_two_ways_is_one_lot_and_one_material()
    {
        const string typed = "Cafe\u0301", stored = "Caf\u00e9";
        await service.Put($"/materials/{Uri.EscapeDataString(typed)}", new { name = "n", unit = "pcs", isTrackedByLot = true });
        await service.Receive(stored, typed, 3);
        await service.Receive(typed, stored, 4);

        var lot = await service.Get($"/lots/{Uri.EscapeDataString(typed)}/{Uri.EscapeDataString(typed)}");
        var found = await service.Get($"/stock?material={Uri.EscapeDataString(typed)}&lot={Uri.EscapeDataString(typed)}");

        ((string?)lot["lot"]!["material"], (string?)lot["lot"]!["lot"], OnHand(lot)).ShouldBe((stored, stored, 7));
        found["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("/materials/%20lead")]
    [InlineData("/materials/a%E2%80%8Bb")]
    [InlineData("/materials/a%E2%80%AEb")]
    [InlineData("/materials/.")]
    [InlineData("/materials/%2E%2E")]
    [InlineData("/lots/M/..")]
    [InlineData("/stock?material=%2E%2E")]
    public async Task What_is_no_code_is_refused_by_name(string address)
    {
        using var request = service.Request(HttpMethod.Get, "");
        request.RequestUri = new Uri($"{service.Address}api/inventory{address}", AsWritten);
        using var answer = await service.Http.SendAsync(request);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        ((int)answer.StatusCode, (string?)problem["code"]).ShouldBe((400, "invalid-code"), problem.ToJsonString());
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a\u200bb")]
    [InlineData("a\u202eb")]
    public async Task What_is_no_code_is_refused_in_a_body_too(string lot)
    {
        var material = await service.NewMaterial();
        var problem = await service.Refused(400, "invalid-code", "/receipts",
            new { material, lot, quantity = 1, unit = "pcs", location = "STORE" });
        ((string?)problem["field"]).ShouldBe("lot");
    }

    static decimal OnHand(JsonNode lot) => lot["balances"]!.AsArray()
        .Where(at => !(bool)at!["isVirtual"]!).Sum(at => (decimal)at!["onHand"]!);
}
