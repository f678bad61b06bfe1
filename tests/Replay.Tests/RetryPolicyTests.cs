using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData(429, "too-many-requests", true)]
    [InlineData(502, null, true)]
    [InlineData(503, "database-unavailable", true)]
    [InlineData(504, "service-timeout", true)]
    [InlineData(409, "changed-meanwhile", true)]
    [InlineData(409, "command-id-reused", false)]
    [InlineData(400, "invalid-value", false)]
    [InlineData(401, null, false)]
    [InlineData(404, null, false)]
    [InlineData(422, "order-not-released", false)]
    public void What_passes_is_tried_again(int? status, string? code, bool isPassing)
    {
        var answer = new Answer(status, "", code);

        RetryPolicy.IsPassing(answer).ShouldBe(isPassing);
        RetryPolicy.WaitAfter(answer, attempt: 1, TimeSpan.Zero, jitter: 0).HasValue.ShouldBe(isPassing);
    }

    [Fact]
    public void Waits_grow_to_a_bound()
    {
        var waits = Enumerable.Range(1, 20).Select(attempt => Wait(attempt, jitter: 1)).ToList();

        waits.ShouldBeInOrder();
        waits[0].ShouldBe(TimeSpan.FromMilliseconds(100));
        waits[^1].ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Waits_are_spread() => Wait(3, jitter: 0).ShouldBe(Wait(3, jitter: 1) / 2);

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3600, 5)]
    public void The_server_may_ask_for_a_longer_wait_within_the_bound(int askedSeconds, int waitSeconds) =>
        RetryPolicy.WaitAfter(
            new Answer(503, "", RetryAfter: TimeSpan.FromSeconds(askedSeconds)), 1, TimeSpan.Zero, jitter: 0)
            .ShouldBe(TimeSpan.FromSeconds(waitSeconds));

    [Fact]
    public void Patience_ends() =>
        RetryPolicy.WaitAfter(new Answer(503, ""), 30, RetryPolicy.PatienceMax, jitter: 0).ShouldBeNull();

    static TimeSpan Wait(int attempt, double jitter) =>
        RetryPolicy.WaitAfter(new Answer(null, ""), attempt, TimeSpan.Zero, jitter)!.Value;
}
