using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.WorkOrders.Tests.Features.MasterData;

/// <summary>A command that is only tried answers as it would, and leaves nothing behind.</summary>
public sealed class DryRunTests(Plant plant) : IClassFixture<Plant>
{
    [Fact]
    public async Task A_dry_run_answers_and_writes_nothing_and_the_same_command_may_follow()
    {
        var id = Guid.NewGuid();
        var tried = await Put("TRIED", new { name = "Tried", unit = "pcs" }, id, isDryRun: true);
        tried.Status.ShouldBe(HttpStatusCode.OK);
        tried.Json.GetProperty("name").GetString().ShouldBe("Tried");
        (await plant.Service.Http.GetAsync("/api/work-orders/products/TRIED")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Count(db => db.Products.CountAsync(product => product.Code == "TRIED"))).ShouldBe(0);

        var done = await Put("TRIED", new { name = "Tried", unit = "pcs" }, id, isDryRun: false);
        done.Status.ShouldBe(HttpStatusCode.OK);
        (await plant.Service.Http.GetAsync("/api/work-orders/products/TRIED")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", "pcs", "invalid-value")]
    [InlineData("Name", "", "invalid-code")]
    public async Task A_dry_run_is_refused_by_the_same_rules(string name, string unit, string code)
    {
        var tried = await Put("REFUSED", new { name, unit }, Guid.NewGuid(), isDryRun: true);
        tried.Status.ShouldBe(HttpStatusCode.BadRequest);
        tried.Json.GetProperty("code").GetString().ShouldBe(code);
    }

    async Task<(HttpStatusCode Status, JsonElement Json)> Put(string code, object body, Guid id, bool isDryRun)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/work-orders/products/{code}");
        request.Content = JsonContent.Create(body);
        request.Headers.Add("Idempotency-Key", id.ToString());
        if (isDryRun) request.Headers.Add("Dry-Run", "true");
        using var answer = await plant.Service.Http.SendAsync(request);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    async Task<int> Count(Func<WorkOrdersDb, Task<int>> count)
    {
        await using var scope = plant.Service.Services.CreateAsyncScope();
        return await count(scope.ServiceProvider.GetRequiredService<WorkOrdersDb>());
    }
}
