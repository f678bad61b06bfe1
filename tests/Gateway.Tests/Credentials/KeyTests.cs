using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Credentials;

/// <summary>How a program shows its key.</summary>
public sealed class KeyTests(Installation plant)
{
    [Theory]
    [InlineData("X-Api-Key", "")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "bearer ")]
    public async Task A_program_is_known_by_its_key_in_either_header_also_from_another_site(string header, string before)
    {
        var key = await plant.CreateKeyAsync("planner");
        using var client = plant.Gateway.Client();
        async Task<Answer> Send(string secret)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/inventory/echo");
            request.Headers.Add(header, before + secret);
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            return await client.SendAsync(request);
        }

        var seen = await Send(key.Secret);
        seen.Status.ShouldBe(200, seen.Text);
        ((string?)seen.Json["caller"]!["subjectId"]).ShouldBe(key.Id.ToString());
        seen.Json["headers"]!.AsObject().ContainsKey("Authorization").ShouldBeFalse();
        (await Send(key.Secret + "x")).ShouldBeProblem(401, "not-signed-in");
    }

    [Theory]
    [InlineData("Basic eDp5")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    public async Task Another_authorization_is_no_key(string authorization)
    {
        using var client = plant.Gateway.Client();
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/identity/me");
        request.Headers.TryAddWithoutValidation("Authorization", authorization).ShouldBeTrue();
        (await client.SendAsync(request)).ShouldBeProblem(401, "not-signed-in");
    }
}
