using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class MesClientTests
{
    static readonly Command Order = new(
        new Guid("0e9d4c3a-6f0f-5c6e-8f9d-3a1b2c3d4e5f"), HttpMethod.Post, "erp/orders",
        new { Number = "A", Reason = (string?)null }, "release A");

    [Fact]
    public async Task A_command_carries_its_id_and_the_key_and_leaves_out_what_is_not_said()
    {
        var gateway = new ScriptedGateway(Status(200, new { Id = 1 }));
        using var mes = Client(gateway, new Uri("http://gateway/mes"));

        await mes.Send(Order, CancellationToken.None);

        gateway.Requests.ShouldBe(
            ["POST http://gateway/mes/api/erp/orders 0e9d4c3a-6f0f-5c6e-8f9d-3a1b2c3d4e5f secret {\"number\":\"A\"}"]);
    }

    [Fact]
    public async Task Setbacks_are_outlasted_with_the_same_id()
    {
        var gateway = new ScriptedGateway(
            Away, Status(503, new { code = "service-unavailable" }), Status(409, new { code = "changed-meanwhile" }),
            Status(502, new { }), Status(200, new { name = "done" }));
        using var mes = Client(gateway);

        (await mes.Send<Named>(Order, CancellationToken.None)).ShouldBe(new Named("done"));

        gateway.Requests.Distinct().Count().ShouldBe(1);
        mes.Setbacks.ShouldBe(
            new Dictionary<string, int>
            {
                ["no answer"] = 1, ["503 service-unavailable"] = 1, ["409 changed-meanwhile"] = 1, ["502"] = 1,
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_refusal_is_final_and_says_what_was_refused()
    {
        var gateway = new ScriptedGateway(Status(422, new { code = "order-not-released", hint = "Release it." }));
        using var mes = Client(gateway);

        var refused = await Should.ThrowAsync<RefusedException>(() => mes.Send(Order, CancellationToken.None));

        refused.Message.ShouldContain("release A: 422");
        refused.Message.ShouldContain("Release it.");
        gateway.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_outage_ends_the_replay_after_two_minutes()
    {
        var clock = new HastyClock();
        using var mes = Client(new ScriptedGateway(Away), clock: clock);

        await Should.ThrowAsync<OutageException>(() => mes.Send(Order, CancellationToken.None));

        clock.Passed.ShouldBeInRange(RetryPolicy.PatienceMax, RetryPolicy.PatienceMax + TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Stopping_is_no_setback()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        using var mes = Client(new ScriptedGateway(Status(200, new { })));

        await Should.ThrowAsync<OperationCanceledException>(() => mes.Get<Named>("work-orders/summary", stopped.Token));

        mes.Setbacks.ShouldBeEmpty();
    }

    static MesClient Client(ScriptedGateway gateway, Uri? address = null, TimeProvider? clock = null) =>
        new(address ?? new Uri("http://gateway/"), "secret", gateway, clock ?? new HastyClock());

    static Func<HttpResponseMessage> Status(int status, object body) =>
        () => new HttpResponseMessage((HttpStatusCode)status) { Content = JsonContent.Create(body) };

    static HttpResponseMessage Away() => throw new HttpRequestException("connection refused");

    sealed record Named(string Name);

    /// <summary>Answers as told, one after the other; the last answer goes on.</summary>
    sealed class ScriptedGateway(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(ct);
            var headers = request.Headers;
            Requests.Add(string.Join(' ', request.Method, request.RequestUri,
                string.Join(',', headers.TryGetValues("Idempotency-Key", out var ids) ? ids : []),
                string.Join(',', headers.GetValues("X-Api-Key")), body));
            return answers[Math.Min(Requests.Count, answers.Length) - 1]();
        }
    }

    /// <summary>A clock on which every wait is over at once, and has taken its time.</summary>
    sealed class HastyClock : TimeProvider
    {
        public TimeSpan Passed { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Passed += dueTime > TimeSpan.Zero ? dueTime : TimeSpan.Zero;
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
