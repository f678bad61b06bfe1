using System.Net;
using System.Text.Json;
using Mes.Tests.Support;

namespace Mes.WorkOrders.Tests.Features.MasterData;

/// <summary>What is put under a code is got under it.</summary>
public sealed class ShowTests(Plant plant) : IClassFixture<Plant>
{
    [Fact]
    public async Task A_product_is_shown_as_it_was_put()
    {
        var put = await plant.Service.Define("/api/work-orders/products", new { code = "S/1", name = "Shown", unit = "pcs" });
        (await plant.Service.Get("/api/work-orders/products/S%2F1")).ToString().ShouldBe(put.ToString());
    }

    [Fact]
    public async Task A_routing_is_shown_as_it_was_put_with_its_warnings()
    {
        var put = await plant.Service.Define("/api/work-orders/routings", new
        {
            code = "SHOWN", revision = "7", product = "P",
            steps = new object[] { new { code = "turn", equipment = new[] { "nowhere" }, isReceipt = true } }
        });
        put.GetProperty("warnings").GetArrayLength().ShouldBe(1);
        (await plant.Service.Get("/api/work-orders/routings/SHOWN/7")).ToString().ShouldBe(put.ToString());
    }

    [Fact]
    public async Task An_operator_is_shown_with_name_and_skills()
    {
        var person = await plant.Service.Get("/api/work-orders/operators/O");
        (person.GetProperty("name").GetString(), person.GetProperty("skills").GetArrayLength()).ShouldBe(("Name of O", 2));
    }

    [Theory]
    [InlineData("products/none", "product-not-found")]
    [InlineData("routings/R/none", "routing-not-found")]
    [InlineData("operators/none", "operator-not-found")]
    public async Task What_nobody_has_put_is_not_found(string path, string code)
    {
        using var answer = await plant.Service.Http.GetAsync($"/api/work-orders/{path}");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString().ShouldBe(code);
    }
}
