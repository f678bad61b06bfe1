using System.Net.Http.Json;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features.SignIn;

/// <summary>Several people at one terminal, each with a session of their own.</summary>
public sealed class SeatTests(Installation plant)
{
    [Fact]
    public async Task Several_people_are_signed_in_at_one_terminal_each_in_a_seat()
    {
        var (first, second) = (await plant.CreateUserAsync("operator"), await plant.CreateUserAsync("foreman"));
        using var client = plant.Gateway.Client();
        (await Send("1", HttpMethod.Post, "sign-in", first)).Status.ShouldBe(200);
        (await Send("2", HttpMethod.Post, "sign-in", second)).Status.ShouldBe(200);
        (await Who("1")).ShouldBe(first.Id);
        (await Who("2")).ShouldBe(second.Id);
        // What a page reads by itself sends no header: the address says whose it is, but never for a command
        foreach (var (seat, status) in new[] { (1, 403), (2, 200), (3, 401) })
        {
            (await client.GetAsync($"/api/quality/may/work-orders.follow-up?seat={seat}")).Status.ShouldBe(status);
        }
        (await client.PostAsync("sign-out?seat=1", new { })).Status.ShouldBe(401);
        foreach (var nobodys in (string?[])[null, "3", "12", "x"]) (await Who(nobodys)).ShouldBeNull();

        (await Send("1", HttpMethod.Post, "sign-out")).Status.ShouldBe(204);

        (await Who("1")).ShouldBeNull();
        (await Who("2")).ShouldBe(second.Id);

        async Task<Guid?> Who(string? seat) =>
            await Send(seat, HttpMethod.Get, "me") is { Status: 200 } answer ? (Guid)answer.Json["subjectId"]! : null;

        Task<Answer> Send(string? seat, HttpMethod method, string path, TestUser? user = null)
        {
            var request = new HttpRequestMessage(method, $"/api/identity/{path}");
            if (seat is not null) request.Headers.Add("Mes-Seat", seat);
            if (user is not null) request.Content = JsonContent.Create(new { userName = user.Name, password = user.Password });
            return client.SendAsync(request);
        }
    }
}
