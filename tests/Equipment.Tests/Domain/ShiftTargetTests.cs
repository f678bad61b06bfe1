using Mes.Equipment.Domain;

namespace Mes.Equipment.Tests.Domain;

public sealed class ShiftTargetTests
{
    [Fact]
    public void What_was_made_of_the_target_is_availability_times_effectiveness()
    {
        ProductOutput[] made = [new("p", 60, 20, 18, 2), new("q", 90, 10, 10, 0), new("nobody planned it", null, 5, 5, 0)];
        var inputs = new KpiInputs(3600, 2400, 0, 0, [.. made.Take(2)]);
        var target = ShiftTarget.Pieces(TimeSpan.FromHours(1), ShiftTarget.SecondsPerPiece(made, []))!.Value;
        var kpis = new KpiSet(inputs);
        (30 / target).ShouldBe(kpis.Availability.Value!.Value * kpis.Effectiveness.Value!.Value, 1e-20m);
    }

    [Fact]
    public void Before_anything_is_made_the_work_under_way_tells_how_long_a_piece_takes()
    {
        ShiftTarget.SecondsPerPiece([], [30, null, 50]).ShouldBe(40);
        ShiftTarget.SecondsPerPiece([new("p", 60, 0, 0, 0)], [30]).ShouldBe(30);
        ShiftTarget.SecondsPerPiece([new("p", null, 5, 5, 0)], []).ShouldBeNull();
        ShiftTarget.Pieces(TimeSpan.FromMinutes(10), 40).ShouldBe(15);
        ShiftTarget.Pieces(TimeSpan.FromMinutes(10), null).ShouldBeNull();
    }
}
