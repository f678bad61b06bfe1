using FsCheck;
using FsCheck.Fluent;
using Mes.Equipment.Domain;
using Mes.Kernel;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Domain;

/// <summary>
/// Random traffic of one equipment on a grid of minutes so small that overlaps, touching ends, empty records,
/// repeats, late ends and counter-reports are frequent.
/// </summary>
static class Arrivals
{
    public const int GridMinutes = 40;

    sealed record Draw(int Start, int Length, int State, int Fate);

    static readonly Gen<Draw> Draws =
        from start in Gen.Choose(0, GridMinutes - 10)
        from length in Gen.Choose(0, 10)
        from state in Gen.Choose(1, 3)
        from fate in Gen.Choose(0, 11)
        select new Draw(start, length, state, fate);

    /// <summary>What arrives, in a random order.</summary>
    public static readonly Arbitrary<ActivityRecord[]> Any = Arb.From(
        from draws in Gen.ListOf(Draws)
        let arrivals = draws.SelectMany(Messages).ToArray()
        from order in Gen.Shuffle(arrivals)
        select order.ToArray());

    /// <summary>The same arrivals in two orders.</summary>
    public static readonly Arbitrary<(ActivityRecord[] One, ActivityRecord[] Other)> InTwoOrders = Arb.From(
        from one in Any.Generator
        from other in Gen.Shuffle(one)
        select (one, other.ToArray()));

    static IEnumerable<ActivityRecord> Messages(Draw draw, int number)
    {
        var ended = Record(number, (EquipmentState)draw.State, draw.Start, draw.Start + draw.Length);
        var ongoing = ended with { Time = new TimeRange(ended.Time.Start, null) };
        return draw.Fate switch
        {
            0 => [ended, ended],
            1 or 2 => [ended, Counter(ended)],
            3 => [ongoing, ended],
            4 => [ongoing],
            5 => [ongoing, Counter(ended)],
            6 => [ended, ongoing, ended, Counter(ongoing), Counter(ongoing)],
            _ => [ended],
        };
    }
}
