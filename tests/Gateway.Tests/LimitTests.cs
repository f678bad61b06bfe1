using Mes.Tests.Support;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests;

public sealed class LimitTests(Installation plant)
{
    [Fact]
    public async Task One_client_cannot_take_it_all_but_a_call_for_help_gets_through()
    {
        await using var gateway = await GatewayHost.StartAsync(
            plant.Database, plant.Clock, [("Gateway:RequestsPerSecond", "3"), .. plant.Backend.AsServices]);
        var key = await plant.CreateKeyAsync("operator");
        using var client = new TestClient(gateway.Address, key.Secret);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.GetAsync("/api/inventory/echo")));
        var refused = answers.First(answer => answer.Status != 200);
        var andon = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => client.PostAsync("/api/equipment/andon-calls", new { })));

        refused.ShouldBeProblem(429, "too-many-requests");
        refused.Message.Headers.RetryAfter.ShouldNotBeNull();
        andon.ShouldAllBe(answer => answer.Status != 429);
    }

    [Fact]
    public async Task Attempts_on_one_account_from_one_origin_are_limited()
    {
        await using var gateway = await GatewayHost.StartAsync(
            plant.Database, plant.Clock, ("Gateway:SignInsPerAccountPerMinute", "2"));
        using var client = gateway.Client();
        var name = plant.Name("nobody");
        for (var i = 0; i < 2; i++)
            (await client.PostAsync("sign-in", new { userName = name, password = "x" })).Status.ShouldBe(401);

        (await client.PostAsync("sign-in", new { userName = name, password = "x" })).ShouldBeProblem(429, "too-many-requests");
        (await client.PostAsync("sign-in", new { userName = plant.Name("nobody"), password = "x" })).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("sign-in", """{"userName":"nobody","password":"x"}""")]
    [InlineData("sign-in/badge", """{"badge":"nobody","pin":"1234"}""")]
    [InlineData("device", """{"secret":"x"}""")]
    public async Task Attempts_of_one_address_are_limited_whatever_the_account(string path, string body)
    {
        await using var gateway = await GatewayHost.StartAsync(plant.Database, plant.Clock, ("Gateway:SignInsPerMinute", "3"));
        using var client = gateway.Client();
        for (var i = 0; i < 3; i++)
            (await client.SendTextAsync(HttpMethod.Post, path, body)).Status.ShouldBe(401);

        (await client.SendTextAsync(HttpMethod.Post, path, body)).ShouldBeProblem(429, "too-many-requests");
    }
}
