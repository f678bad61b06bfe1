using System.Collections.Concurrent;
using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class LanesTests
{
    static readonly IReadOnlyList<ReplayAction> Steps = TwoOrders();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task In_sequence_each_step_of_an_order_follows_the_one_before(int atOnceMax)
    {
        var recorder = new Recorder();

        await new Lanes(inSequence: true, atOnceMax).Play(Steps, recorder.Play, CancellationToken.None);

        recorder.Ended.Count.ShouldBe(Steps.Count);
        recorder.AtOnceMax.ShouldBeInRange(1, atOnceMax);
        foreach (var order in Steps.GroupBy(step => step.OrderId))
            recorder.Began.Where(step => step.OrderId == order.Key).ShouldBe(order);
        recorder.Overlaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task Out_of_sequence_the_release_still_comes_first_and_the_end_last()
    {
        var recorder = new Recorder();

        await new Lanes(inSequence: false, atOnceMax: 16).Play(Steps, recorder.Play, CancellationToken.None);

        foreach (var order in Steps.GroupBy(step => step.OrderId))
        {
            var events = recorder.Events.Where(e => e.Step.OrderId == order.Key).ToList();
            events[1].Step.ShouldBeOfType<ReleaseOrder>();
            events[1].IsEnd.ShouldBeTrue();
            events[^2].Step.ShouldBeOfType<FinishOrder>();
            events[^2].IsEnd.ShouldBeFalse();
        }

        recorder.Overlaps.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_first_failure_ends_the_play()
    {
        var begun = 0;

        var failure = await Should.ThrowAsync<InvalidOperationException>(() =>
            new Lanes(inSequence: true, atOnceMax: 2).Play(Steps, (step, ct) =>
            {
                Interlocked.Increment(ref begun);
                return step is IssueBlank ? throw new InvalidOperationException("no") : Task.CompletedTask;
            }, CancellationToken.None));

        failure.Message.ShouldBe("no");
        begun.ShouldBeLessThan(Steps.Count);
    }

    [Fact]
    public async Task A_play_can_be_stopped()
    {
        using var stopping = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => new Lanes(inSequence: true, atOnceMax: 2).Play(
            Steps,
            async (_, ct) =>
            {
                await stopping.CancelAsync();
                await Task.Delay(Timeout.Infinite, ct);
            },
            stopping.Token));
    }

    static IReadOnlyList<ReplayAction> TwoOrders()
    {
        LogRow[] rows =
        [
            .. from line in Enumerable.Range(2, 60)
               select LogBuilder.Row("Packing", line, line + 5, 1, line) with { OrderId = $"Order {line % 2}" },
        ];
        var histories = OrderHistory.From(rows);
        return Timeline.InTime(histories, MasterData.Of(rows, histories).Orders);
    }

    /// <summary>Plays by yielding, and notes what began and ended in which order.</summary>
    sealed class Recorder
    {
        readonly ConcurrentQueue<(ReplayAction Step, bool IsEnd)> _events = new();
        int _atOnce;

        public IReadOnlyList<(ReplayAction Step, bool IsEnd)> Events => [.. _events];

        public IEnumerable<ReplayAction> Began => _events.Where(e => !e.IsEnd).Select(e => e.Step);

        public IReadOnlyList<ReplayAction> Ended => [.. _events.Where(e => e.IsEnd).Select(e => e.Step)];

        public int AtOnceMax { get; private set; }

        /// <summary>Orders of which two steps were under way at once.</summary>
        public IEnumerable<string> Overlaps => _events.GroupBy(e => e.Step.OrderId)
            .Where(order => order.Index().Any(e => e.Item.IsEnd != (e.Index % 2 == 1)))
            .Select(order => order.Key);

        public async Task Play(ReplayAction step, CancellationToken ct)
        {
            lock (_events)
            {
                AtOnceMax = Math.Max(AtOnceMax, ++_atOnce);
                _events.Enqueue((step, false));
            }

            await Task.Yield();
            await Task.Yield();
            lock (_events)
            {
                _atOnce--;
                _events.Enqueue((step, true));
            }
        }
    }
}
