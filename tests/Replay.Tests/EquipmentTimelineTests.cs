using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class EquipmentTimelineTests
{
    static readonly Gen<LogRow> AnyRow =
        from start in Gen.Choose(0, 60)
        from length in Gen.Choose(0, 20)
        from type in Gen.Elements(ReportType.Run, ReportType.Setup, ReportType.Breakdown)
        select LogBuilder.Row("Any", start, start + length) with { Type = type };

    [Fact]
    public void Breakdown_wins_over_setup_and_setup_over_run()
    {
        var timeline = EquipmentTimeline.Of(
        [
            LogBuilder.Row("Turning", 0, 60),
            LogBuilder.Row("Turning", 30, 90) with { Type = ReportType.Setup },
            LogBuilder.Row("Turning", 80, 100) with { Type = ReportType.Breakdown },
            LogBuilder.Row("Turning", 120, 121),
        ]);

        timeline.ShouldBe(new EquipmentTimeline(
            TimeSpan.FromMinutes(31), TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(20), 2));
    }

    [Fact]
    public void Rows_that_touch_do_not_overlap() =>
        EquipmentTimeline.Of([LogBuilder.Row("Turning", 0, 5), LogBuilder.Row("Turning", 5, 9)]).DepthMax.ShouldBe(1);

    [Fact]
    public void A_row_without_length_takes_no_time() =>
        EquipmentTimeline.Of([LogBuilder.Row("Turning", 5, 5)]).ShouldBe(
            new EquipmentTimeline(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 0));

    [Fact]
    public void Each_minute_belongs_to_the_strongest_row_that_covers_it() =>
        Prop.ForAll(AnyRow.ListOf().Where(rows => rows.Count > 0).ToArbitrary(), rows =>
        {
            var timeline = EquipmentTimeline.Of(rows);
            var expected = MinuteByMinute(rows);
            return timeline.Run.TotalMinutes == expected.Count(state => state == ReportType.Run)
                && timeline.Setup.TotalMinutes == expected.Count(state => state == ReportType.Setup)
                && timeline.Breakdown.TotalMinutes == expected.Count(state => state == ReportType.Breakdown)
                && timeline.NotReported.TotalMinutes == expected.Count(state => state is null);
        }).QuickCheckThrowOnFailure();

    static List<ReportType?> MinuteByMinute(IList<LogRow> rows)
    {
        var first = rows.Min(row => row.StartedAt);
        var minutes = (int)(rows.Max(row => row.EndedAt) - first).TotalMinutes;
        return
        [
            .. Enumerable.Range(0, minutes).Select(minute => first.AddMinutes(minute)).Select(instant => rows
                .Where(row => row.StartedAt <= instant && instant < row.EndedAt)
                .Select(row => (ReportType?)row.Type)
                .OrderDescending()
                .FirstOrDefault()),
        ];
    }
}
