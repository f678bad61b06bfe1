using System.Globalization;
using Mes.Equipment.Domain;
using Mes.Kernel;

namespace Mes.Equipment.Tests;

/// <summary>Short words for fixtures: times are minutes after midnight of one day, ids are small numbers.</summary>
static class Given
{
    public static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(int minute) => Midnight.AddMinutes(minute);

    public static DateTimeOffset Utc(string instant) => DateTimeOffset.ParseExact(
        instant, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    public static TimeRange Minutes(int start, int? end) => new(At(start), end is { } known ? At(known) : null);

    public static ActivityRecord Ran(int id, int start, int? end) => Record(id, EquipmentState.Run, start, end);

    public static ActivityRecord SetUp(int id, int start, int? end) => Record(id, EquipmentState.Setup, start, end);

    public static ActivityRecord Down(int id, int start, int? end) => Record(id, EquipmentState.Breakdown, start, end);

    public static ActivityRecord Record(int id, EquipmentState state, int start, int? end) =>
        new(Id(id), "M1", state, Minutes(start, end), SourceReportId: Id(1000 + id));

    /// <summary>The counter-report of a record: its own id, the same source report.</summary>
    public static ActivityRecord Counter(ActivityRecord countered) =>
        countered with { Id = Id(2000 + BitConverter.ToInt32(countered.Id.ToByteArray())), IsReversed = true };

    public static StateTile Tile(EquipmentState state, int start, int? end, params int[] ids) =>
        new(state, Minutes(start, end), [.. ids.Select(Id)]);
}
