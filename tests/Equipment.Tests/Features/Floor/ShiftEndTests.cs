using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Equipment.Features.Floor;
using Mes.Jobs;
using Mes.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Equipment.Tests.Features.Floor;

/// <summary>Work whose shift is over and that nobody has ended is told of, once for a shift and not at once.</summary>
public sealed class ShiftEndTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    // ahead of the clock, by which the schedule of the service itself finds nothing
    static readonly DateTimeOffset Monday = new(2040, 1, 2, 0, 0, 0, TimeSpan.Zero);

    static DateTimeOffset At(double hour) => Monday.AddHours(hour);

    /// <summary>A unit that works from six to two and from two to ten, in UTC, and not on the day after Monday.</summary>
    async Task<string> Unit(string code)
    {
        await service.Put("/calendars/two", new
        {
            zone = "UTC",
            patterns = new[]
            {
                new
                {
                    validFrom = "2020-01-01",
                    cycle = new[]
                    {
                        new[]
                        {
                            new { code = "early", start = "06:00", end = "14:00", breaks = Array.Empty<object>() },
                            new { code = "late", start = "14:00", end = "22:00", breaks = Array.Empty<object>() },
                        },
                    },
                },
            },
            exceptions = new[] { new { date = "2040-01-03", shifts = Array.Empty<object>() } },
        });
        await service.DefineUnit(code, "two");
        return code;
    }

    Task Work(Guid id, string unit, double since, long version = 1, WorkState state = WorkState.Running) =>
        service.Deliver(new WorkChanged(
            id, version, state, At(since), At(since), WorkActivity.Run, Guid.NewGuid(), "O-1", "P", Guid.NewGuid(), "turn", unit,
            "w1", state == WorkState.Paused ? "lunch" : null));

    async Task<DateTimeOffset[]> ToldAt(double hour, Guid work)
    {
        await using var scope = service.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<TellShiftEnds>(scope.ServiceProvider, new StoppedClock(At(hour)))
            .Run(new JobCall("1", null, () => false), TestContext.Current.CancellationToken);
        return [.. (await service.Published<WorkShiftEnded>()).Where(told => told.WorkId == work).Select(told => told.EndedAt)];
    }

    [Fact]
    public async Task Work_that_goes_on_after_its_shift_is_told_of_once_when_the_grace_is_over()
    {
        var (unit, work) = (await Unit("S1"), Guid.NewGuid());
        await Work(work, unit, 7);
        (await ToldAt(13, work)).ShouldBeEmpty();
        (await ToldAt(14.4, work)).ShouldBeEmpty();
        (await ToldAt(14.6, work)).ShouldBe([At(14)]);
        (await ToldAt(15, work)).ShouldBe([At(14)]);
        (await service.Published<WorkShiftEnded>()).Single(told => told.WorkId == work).Equipment.ShouldBe(unit);
    }

    [Fact]
    public async Task Each_shift_in_which_somebody_speaks_of_it_has_its_own_end_also_where_it_rests()
    {
        var (unit, work) = (await Unit("S2"), Guid.NewGuid());
        await Work(work, unit, 13);
        await Work(work, unit, 14.1, 2, WorkState.Paused);
        (await ToldAt(15, work)).ShouldBeEmpty();
        (await ToldAt(22.6, work)).ShouldBe([At(22)]);
        await Work(work, unit, 54.5, 3);        // resumed early on Wednesday
        (await ToldAt(62.4, work)).ShouldBe([At(22)]);
        (await ToldAt(62.6, work)).ShouldBe([At(22), At(62)]);
    }

    [Fact]
    public async Task Overtime_and_what_is_over_are_not_told_of()
    {
        var unit = await Unit("S3");
        var (night, holiday, over) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await Work(night, unit, 22);
        await Work(holiday, unit, 32);
        await Work(over, unit, 7);
        await Work(over, unit, 13.9, 2, WorkState.Ended);
        (await ToldAt(100, night)).ShouldBeEmpty();
        (await ToldAt(100, holiday)).ShouldBeEmpty();
        (await ToldAt(100, over)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Work_at_a_unit_that_nobody_has_defined_keeps_no_other_waiting()
    {
        var (unit, work) = (await Unit("S4"), Guid.NewGuid());
        await Work(Guid.Empty, "unheard-of", 7);
        await Work(work, unit, 7);
        (await ToldAt(20, work)).ShouldBe([At(14)]);
    }

    [Fact]
    public async Task It_is_looked_for_every_minute()
    {
        var jobs = service.Services.GetRequiredService<Jobs<EquipmentDb>>();
        await Poll.Until(() =>
        {
            using var connection = jobs.Storage.GetConnection();
            return Task.FromResult(Hangfire.Storage.StorageConnectionExtensions.GetRecurringJobs(connection)
                .Any(known => (known.Id, known.Cron) == (TellShiftEnds.Key, "* * * * *")));
        }, TimeSpan.FromSeconds(120), "the schedule is stored");
    }

    sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
