using Mes.Kernel;
using Mes.Web.Auth;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.SignIn;

/// <summary>A person signs something by the PIN of their badge, and a service knows it again.</summary>
public sealed class SignatureTests(Installation plant)
{
    async Task<(TestClient Client, string Code)> SignIn()
    {
        var (code, badge) = (plant.Name("signer"), plant.Name("badge"));
        var made = await plant.Admin.PutAsync($"people/{code}",
            new { name = "Signer", roles = new[] { "operator" }, badge = new { code = badge, pin = "4711" } });
        made.Status.ShouldBe(200, made.Text);
        var client = plant.Gateway.Client();
        (await client.PostAsync("sign-in/badge", new { badge, pin = "4711" })).Status.ShouldBe(200);
        return (client, code);
    }

    [Fact]
    public async Task The_right_pin_signs_for_its_owner_for_two_minutes()
    {
        var (client, code) = await SignIn();
        using var _ = client;

        var answer = await client.PostAsync("signatures", new { pin = "4711", subject = "instruction 1" });

        answer.Status.ShouldBe(200, answer.Text);
        var signature = (string)answer.Json["signature"]!;
        var signatures = plant.Gateway.Services.GetRequiredService<PinSignatures>();
        signatures.MustBe(signature, code, "instruction 1");
        Should.Throw<RuleViolation>(() => signatures.MustBe(signature, code, "instruction 2"))
            .Code.ShouldBe("signature-not-valid");
        Should.Throw<RuleViolation>(() => signatures.MustBe(signature, "another", "instruction 1"));
        var later = new PinSignatures(TicketKeys.Parse(GatewayHost.TicketKey), new Later(plant.Clock, TimeSpan.FromSeconds(121)));
        Should.Throw<RuleViolation>(() => later.MustBe(signature, code, "instruction 1"));
    }

    [Fact]
    public async Task A_wrong_pin_signs_nothing_and_the_fifth_locks()
    {
        var (client, _) = await SignIn();
        using var __ = client;
        for (var time = 0; time < 5; time++)
        {
            (await client.PostAsync("signatures", new { pin = "4712", subject = "x" })).ShouldBeProblem(422, "wrong-pin");
        }
        (await client.PostAsync("signatures", new { pin = "4711", subject = "x" })).ShouldBeProblem(429, "locked-out");
        (await client.GetAsync("me")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Who_has_no_pin_signs_nothing()
    {
        using var client = await plant.SignInAsync(await plant.CreateUserAsync("operator"));
        (await client.PostAsync("signatures", new { pin = "4711", subject = "x" })).ShouldBeProblem(422, "no-pin");
        (await client.PostAsync("signatures", new { pin = "x", subject = "x" })).ShouldBeProblem(400, "invalid-value");
        (await client.PostAsync("signatures", new { pin = "4711", subject = "" })).ShouldBeProblem(400, "invalid-value");
        using var nobody = plant.Gateway.Client();
        (await nobody.PostAsync("signatures", new { pin = "4711", subject = "x" })).Status.ShouldBe(401);
    }

    sealed class Later(TimeProvider clock, TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + by;
    }
}
