using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Compiled;

/// <summary>Every question to a calendar against counting second by second.</summary>
public sealed class CompiledCalendarTests
{
    const int Horizon = 120;

    [Fact]
    public void Every_answer_is_that_of_counting()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (calendar, open) = Create(random);
            for (var i = 0; i < 60; i++)
                Check(calendar, open, random.Next(0, Horizon), random.Next(0, 25), random.Next(0, Horizon),
                    random.Next(2) == 0);
        }
    }

    static (CompiledCalendar Calendar, bool[] Open) Create(Random random)
    {
        var (windows, open) = (new List<Window>(), new bool[Horizon]);
        for (var at = random.Next(-5, 10); at < Horizon - 30; at += random.Next(0, 12))
        {
            var end = at + random.Next(1, 20);
            windows.Add(new Window(at, end));
            for (var t = Math.Max(0, at); t < end; t++) open[t] = true;
            at = end;
        }
        return (new CompiledCalendar(windows), open);
    }

    static void Check(CompiledCalendar calendar, bool[] open, int from, int work, int endFloor, bool splittable)
    {
        int? Finish(int start)
        {
            if (!open[start]) return null;
            if (work == 0) return start;
            var seconds = Enumerable.Range(start, Horizon - start).Where(t => open[t]).Take(work).ToArray();
            return seconds.Length < work || (!splittable && seconds[^1] != start + work - 1) ? null : seconds[^1] + 1;
        }

        int First(Func<int, bool> suits) =>
            Enumerable.Range(from, Horizon - from).Where(suits).Select(t => (int?)t).FirstOrDefault()
            ?? ModelTime.Never;

        var earliest = calendar.EarliestStart(from, work, splittable);
        earliest.ShouldBe(First(start => Finish(start) is not null));
        if (splittable && earliest != ModelTime.Never)
            calendar.Finish(earliest, work).ShouldBe(Finish(earliest)!.Value);
        calendar.EarliestStartEndingAtOrAfter(from, endFloor, work, splittable)
            .ShouldBe(First(start => Finish(start) >= endFloor));
        int Count(int a, int b) => Enumerable.Range(a, b - a).Count(t => open[t]);
        var (low, high) = (Math.Min(from, endFloor), Math.Max(from, endFloor));
        calendar.WorkBetween(low, high).ShouldBe(Count(low, high));
        calendar.LatestStart(high, work).ShouldBe(Enumerable.Range(0, high + 1).Reverse()
            .Where(start => Count(start, high) >= work).Select(start => (int?)start).FirstOrDefault() ?? -1);
        calendar.IsOpen(from).ShouldBe(open[from]);
    }
}
