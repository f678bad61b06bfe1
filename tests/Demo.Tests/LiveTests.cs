using System.Text.Json;
using Mes.Demo.Live;

namespace Mes.Demo.Tests;

/// <summary>The rules by which the plant lives on.</summary>
public sealed class LiveTests
{
    // The clock of the tests goes on by itself
    static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    [Fact]
    public void Plant_time_passes_faster_and_what_could_not_be_followed_has_not_passed()
    {
        var clock = new TestClock();
        var plant = new PlantClock(60, clock);
        clock.Advance(TimeSpan.FromSeconds(2));
        plant.Step().ShouldBe(TimeSpan.FromMinutes(2), Slack);
        clock.Advance(TimeSpan.FromHours(3));
        plant.Step().ShouldBe(TimeSpan.FromMinutes(5));
        plant.Step().ShouldBe(TimeSpan.Zero, Slack);
    }

    [Fact]
    public void What_is_due_once_in_a_while_is_due_at_once_and_then_once_in_it()
    {
        var cadence = new Cadence(TimeSpan.FromMinutes(10));
        cadence.IsDue(TimeSpan.Zero).ShouldBeTrue();
        cadence.IsDue(TimeSpan.FromMinutes(9)).ShouldBeFalse();
        cadence.IsDue(TimeSpan.FromMinutes(1)).ShouldBeTrue();
        cadence.IsDue(TimeSpan.FromMinutes(1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, 9)]      // of 100 ordered 109 are begun
    [InlineData(1, 38)]     // 100 have come, 62 are through
    [InlineData(2, 60)]
    public void What_waits_at_an_operation_has_come_and_is_not_handled(int operation, int waiting) =>
        WorkLists.Waiting(Order((100, 0, 0), (60, 1, 1), (0, 0, 0)), IdOf(operation), false).ShouldBe(waiting);

    [Fact]
    public void The_last_operation_makes_no_more_than_is_ordered()
    {
        WorkLists.Waiting(Order((108, 0, 0), (95, 0, 0)), IdOf(1), true).ShouldBe(5);
        WorkLists.Waiting(Order((108, 0, 0), (95, 0, 0)), IdOf(1), false).ShouldBe(13);
    }

    static Guid IdOf(int index) => new(index, 0, 0, new byte[8]);

    static JsonElement Order(params (int Good, int Scrap, int Nonconforming)[] pieces)
    {
        var operations = pieces.Select((one, index) => new
        {
            id = IdOf(index), sequence = (index + 1) * 10, good = one.Good, scrap = one.Scrap,
            nonconforming = one.Nonconforming,
        });
        return JsonSerializer.SerializeToElement(new { quantity = 100, operations });
    }
}
