using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.SignIn;

/// <summary>Only who configures the host makes it a demo; its accounts are for everybody to see.</summary>
public sealed class DemoAccountTests(Installation plant)
{
    static readonly (string, string?)[] Demo =
    [
        ("Gateway:DemoAccounts:0:UserName", "demo-planner"), ("Gateway:DemoAccounts:0:Role", "planner"),
        ("Gateway:DemoAccounts:0:Password", "a password for all"),
        ("Gateway:DemoAccounts:1:UserName", "demo-operator"), ("Gateway:DemoAccounts:1:Role", "operator"),
        ("Gateway:DemoAccounts:1:Password", "a password for all"),
    ];

    [Fact]
    public async Task A_demo_offers_its_accounts_to_whoever_comes()
    {
        await using var gateway = await GatewayHost.StartAsync(plant.Database, plant.Clock, Demo);
        using var client = gateway.Client();

        var offered = await client.GetAsync("demo-accounts");

        offered.Status.ShouldBe(200, offered.Text);
        offered.Text.ShouldBe("""
            [{"userName":"demo-planner","role":"planner","password":"a password for all"},
            {"userName":"demo-operator","role":"operator","password":"a password for all"}]
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task Any_other_installation_offers_none()
    {
        using var client = plant.Gateway.Client();
        var offered = await client.GetAsync("demo-accounts");
        offered.Status.ShouldBe(200, offered.Text);
        offered.Text.ShouldBe("[]");
    }

    [Fact]
    public async Task No_request_makes_a_demo_of_it()
    {
        using var client = plant.Gateway.Client();
        (await client.GetAsync("demo-accounts?Gateway:DemoAccounts:0:UserName=admin")).Text.ShouldBe("[]");
        (await client.PostAsync("demo-accounts", new[] { new { userName = "admin" } })).Status.ShouldBeGreaterThanOrEqualTo(400);
        (await client.GetAsync("demo-accounts")).Text.ShouldBe("[]");
    }
}
