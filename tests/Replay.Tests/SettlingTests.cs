using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class SettlingTests
{
    static readonly ReplayFigures True = Truth.Of([LogBuilder.Row("Packing", 0, 10, 10)]);

    readonly Settling _settling = new(True, stillMax: TimeSpan.FromSeconds(60));

    [Fact]
    public void Figures_that_are_right_must_stay_so_for_a_while()
    {
        IsOverAt(0, Shown(True)).ShouldBeFalse();
        IsOverAt(2, Shown(True)).ShouldBeFalse();
        IsOverAt(3, Shown(True)).ShouldBeTrue();
        _settling.IsEqual.ShouldBeTrue();
    }

    [Fact]
    public void An_effect_that_comes_twice_shows_before_the_wait_is_over()
    {
        IsOverAt(0, Shown(True)).ShouldBeFalse();
        IsOverAt(2, Shown(True with { Received = 20 })).ShouldBeFalse();
        IsOverAt(4, Shown(True with { Received = 20 })).ShouldBeFalse();
        _settling.IsEqual.ShouldBeFalse();
    }

    [Fact]
    public void Figures_that_move_are_waited_for()
    {
        for (var second = 0; second < 600; second += 30)
            IsOverAt(second, Shown(True with { Good = second / 100m })).ShouldBeFalse();
        IsOverAt(600, Shown(True)).ShouldBeFalse();
        IsOverAt(603, Shown(True)).ShouldBeTrue();
    }

    [Fact]
    public void Figures_that_stay_wrong_are_the_result()
    {
        var wrong = True with { Confirmations = 0 };

        IsOverAt(0, Shown(wrong)).ShouldBeFalse();
        IsOverAt(59, Shown(wrong)).ShouldBeFalse();
        IsOverAt(60, Shown(wrong)).ShouldBeTrue();
        _settling.Figures.Where(figure => !figure.IsEqual).Select(figure => figure.Name).ShouldBe(["confirmations"]);
    }

    [Fact]
    public void What_a_second_service_keeps_counts_as_well()
    {
        IsOverAt(0, Shown(True, equipmentGood: 9));

        _settling.Figures.Where(figure => !figure.IsEqual).Select(figure => figure.Name)
            .ShouldBe(["good, counted by Equipment"]);
    }

    bool IsOverAt(int second, Snapshot snapshot) => _settling.IsOver(snapshot, TimeSpan.FromSeconds(second));

    static Snapshot Shown(ReplayFigures figures, decimal equipmentGood = 10) =>
        new(figures, [new("good, counted by Equipment", equipmentGood, 10)]);
}
