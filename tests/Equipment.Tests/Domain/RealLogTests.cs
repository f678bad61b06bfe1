using Mes.Equipment.Domain;
using Mes.Kernel;

namespace Mes.Equipment.Tests.Domain;

public class RealLogTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    public void The_equipment_minutes_of_a_real_factory_come_out_whatever_the_order(int seed)
    {
        var sum = TilesPerEquipment(Shuffled(Records(), seed)).Select(Total).Aggregate((a, b) => a + b);

        sum.Run.TotalMinutes.ShouldBe(545_499);
        sum.Setup.TotalMinutes.ShouldBe(142_963);
        sum.Breakdown.TotalMinutes.ShouldBe(10_300);
        sum.Reported.TotalMinutes.ShouldBe(698_762);
    }

    [Fact]
    public void Each_machine_is_tiled_from_its_first_to_its_last_instant()
    {
        var timelines = TilesPerEquipment(Records()).ToList();

        timelines.Count.ShouldBe(31);
        foreach (var tiles in timelines)
        {
            tiles.Zip(tiles.Skip(1)).ShouldAllBe(pair => pair.First.Time.End == pair.Second.Time.Start);
            var total = Total(tiles);
            (total.Reported + total.NotReported).ShouldBe(tiles[^1].Time.EndOrMax - tiles[0].Time.Start);
        }
    }

    [Fact]
    public void Row_by_row_in_random_order_each_machine_ends_up_the_same()
    {
        foreach (var machine in Shuffled(Records(), seed: 7).GroupBy(record => record.EquipmentId))
            OneByOne([.. machine]).ShouldBe(StateTimeline.Tile(machine), $"Machine {machine.Key}");
    }

    static List<StateTile> OneByOne(IReadOnlyList<ActivityRecord> arrivals)
    {
        var stored = new SortedDictionary<DateTimeOffset, StateTile>();
        var known = new List<ActivityRecord>();
        foreach (var arrival in arrivals)
        {
            known.Add(arrival);
            var window = arrival.Time;
            var change = StateTimeline.Retile(
                Neighbourhood.Of(stored.Values, window), known.Where(r => r.Time.Overlaps(window)), window);
            foreach (var tile in change.Removed)
                stored.Remove(tile.Time.Start).ShouldBeTrue();
            foreach (var tile in change.Added)
                stored.Add(tile.Time.Start, tile);
        }

        return [.. stored.Values];
    }

    static StateTotals Total(IEnumerable<StateTile> tiles) => StateTotals.Within(tiles, TimeRange.Always);

    static IEnumerable<IReadOnlyList<StateTile>> TilesPerEquipment(IEnumerable<ActivityRecord> records) =>
        records.GroupBy(record => record.EquipmentId).Select(StateTimeline.Tile);

    static ActivityRecord[] Shuffled(List<ActivityRecord> records, int seed)
    {
        var shuffled = records.ToArray();
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    static List<ActivityRecord> Records()
    {
        var path = RealLog.FindPath();
        Assert.SkipWhen(
            path is null, "ballnut/Production_Data.csv is not here: set MES_DATA to the folder of the data sets.");
        var records = RealLog.Read(path!);
        records.Count.ShouldBe(4_543);
        return records;
    }
}
