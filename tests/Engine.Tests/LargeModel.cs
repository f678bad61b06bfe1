using Mes.Scheduling.Engine.Model;

namespace Mes.Engine.Tests;

/// <summary>Generated shops of any size: jobs of ten operations, one equipment per hundred operations.</summary>
static class LargeModel
{
    const int Day = 24 * 3600;

    public enum Kind
    {
        /// <summary>A job shop: no calendars, no setups.</summary>
        JobShop,

        /// <summary>A flexible job shop with due dates, most of which cannot be kept.</summary>
        Late,

        /// <summary>Alternatives, two shifts, setups, operators, tools, dates.</summary>
        Everything,
    }

    public static SchedulingModel Create(int operations, Kind kind, int seed = 1)
    {
        var random = new Random(seed);
        var equipment = Math.Max(10, operations / 100);
        var (isRich, isLate) = (kind == Kind.Everything, kind == Kind.Late);
        var shifts = new Calendar([.. Enumerable.Range(0, 400).Select(day =>
            new Window(day * Day, day * Day + 16 * 3600))]);
        var matrix = new SetupMatrix([.. Enumerable.Range(0, 8).Select(family => $"F{family}")],
            [.. Enumerable.Range(0, 8).Select(from => (IReadOnlyList<int>)[.. Enumerable.Range(0, 8)
                .Select(to => from == to ? 0 : random.Next(300, 1800))])]);
        var jobs = Enumerable.Range(0, operations / 10).Select(NewJob).ToArray();
        return new SchedulingModel
        {
            Equipment = [.. Enumerable.Range(0, equipment).Select(index => new Equipment($"M{index}")
            {
                Calendar = isRich ? shifts : Calendar.AlwaysOpen,
                Setup = isRich ? matrix : null,
            })],
            Resources = isRich ? [.. Enumerable.Range(0, 10).Select(index =>
                new SecondaryResource($"R{index}", Math.Max(2, equipment / 12)))] : [],
            Jobs = jobs,
            Precedences = [.. jobs.SelectMany(job => Precedence.Chain(job.Operations))],
            Objective = isRich || isLate ? Objective.Lexicographic(Criterion.WeightedTardiness, Criterion.SetupTime)
                : Objective.Makespan,
        };

        Job NewJob(int index) => new($"J{index}", [.. Enumerable.Range(0, 10).Select(o => NewOperation(index, o))])
        {
            ReleaseSeconds = isRich ? random.Next(0, 3 * Day) : 0,
            DueSeconds = isRich ? random.Next(2 * Day, 12 * Day) : isLate ? random.Next(Day) : null,
            Weight = random.Next(1, 5),
        };

        Operation NewOperation(int job, int index)
        {
            var first = random.Next(equipment);
            var demands = isRich && index % 3 == 0 ? new[] { new ResourceDemand($"R{random.Next(10)}") } : [];
            var alternatives = Enumerable.Range(0, isRich || isLate ? 1 + index % 3 : 1).Select(k =>
                new Alternative($"M{(first + k) % equipment}", random.Next(300, 3600)) { Demands = demands });
            return new Operation($"J{job}.{index}", [.. alternatives])
            {
                SetupFamily = isRich ? $"F{random.Next(8)}" : null,
                Splittable = isRich && index % 2 == 0,
            };
        }
    }
}
