using Mes.Demo.History;
using Mes.Demo.Plant;

namespace Mes.Demo.Tests;

/// <summary>What is said to have happened before a demo begins.</summary>
public sealed class HistoryTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 11, 4, 20, 0, TimeSpan.Zero);

    /// <summary>Instants at which a demo may begin: in both shifts, in a break, as shifts change, over the new year.</summary>
    public static TheoryData<DateTimeOffset> Beginnings =>
    [
        Noon, Noon.AddHours(-4.3), Noon.AddHours(9), Noon.AddHours(13.7),
        new DateTimeOffset(2027, 1, 1, 23, 59, 0, TimeSpan.Zero),
        .. Enumerable.Range(1, 48).Select(number => Noon.AddHours(number * 7.1)),
    ];

    [Fact]
    public void The_same_seed_and_time_make_the_same_plant_and_others_another()
    {
        Told(FloorPlay.Play(new Seed(1), Noon)).ShouldBe(Told(FloorPlay.Play(new Seed(1), Noon)));
        Told(FloorPlay.Play(new Seed(2), Noon)).ShouldNotBe(Told(FloorPlay.Play(new Seed(1), Noon)));
    }

    [Fact]
    public void An_id_is_of_its_seed_and_name_alone()
    {
        new Seed(1).Id("order", "WO-1").ShouldBe(new Seed(1).Id("order", "WO-1"));
        new Seed(1).Id("order", "WO-1").ShouldNotBe(new Seed(2).Id("order", "WO-1"));
        new Seed(1).Id("order", "WO-1").ShouldNotBe(new Seed(1).Id("order", "WO-2"));
        new Seed(1).Id("order", "WO-1").Version.ShouldBe(5);
    }

    [Theory, MemberData(nameof(Beginnings))]
    public void Orders_are_in_every_state(DateTimeOffset now)
    {
        var history = FloorPlay.Play(new Seed(1), now);
        var begun = history.Reports.Select(report => report.Order).ToHashSet();
        var received = history.Reports.Where(report => report.Step.IsLast)
            .GroupBy(report => report.Order).ToDictionary(order => order.Key, order => order.Sum(report => report.Good));

        history.Orders.Count.ShouldBe(40);
        history.Orders.Count(order => received.GetValueOrDefault(order) == order.Quantity).ShouldBeGreaterThan(3);
        history.EndedShort.ShouldContain(order => order.Fate == Fate.Short);
        history.Orders.ShouldContain(order => order.Fate == Fate.Planned);
        history.Orders.ShouldContain(order => order.Fate == Fate.Cancelled);
        history.Orders.ShouldContain(order => order.Fate == Fate.OnHold);
        history.Orders.ShouldContain(order => order.Priority > 0 && received.GetValueOrDefault(order) < order.Quantity);
        history.Orders.ShouldContain(order => order.Fate == Fate.Floor && !begun.Contains(order));
        history.Orders.Count(order => begun.Contains(order) && received.GetValueOrDefault(order) == 0).ShouldBeGreaterThan(8);
        history.Orders.ShouldContain(order => order.DueAt < now && received.GetValueOrDefault(order) == 0);
    }

    [Theory, MemberData(nameof(Beginnings))]
    public void A_machine_does_one_thing_at_a_time_in_its_shifts_and_nothing_later_than_now(DateTimeOffset now)
    {
        var history = FloorPlay.Play(new Seed(1), now);
        var shifts = new ShiftPlan(now);
        foreach (var report in history.Reports)
        {
            var work = shifts.WorkFrom(report.Time.Start);
            report.Time.Start.ShouldBeGreaterThanOrEqualTo(work.Start);
            report.Time.End.ShouldBeLessThanOrEqualTo(now);
            report.Shift.Time.End.ShouldBeGreaterThanOrEqualTo(report.Time.End);
        }
        foreach (var unit in Floor.Units)
        {
            Stretch[] busy =
            [
                .. history.Reports.Where(report => report.Unit == unit.Code).Select(report => report.Time)
                    .Concat(history.Stops.Where(stop => stop.Unit == unit.Code).Select(stop => stop.Time))
                    .OrderBy(time => time.Start).ThenBy(time => time.End),
            ];
            busy.Zip(busy.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start);
        }
    }

    [Theory, MemberData(nameof(Beginnings))]
    public void No_step_handles_pieces_before_they_have_come(DateTimeOffset now)
    {
        var history = FloorPlay.Play(new Seed(1), now);
        foreach (var order in history.Orders)
        {
            foreach (var (before, step) in order.Product.Steps.Zip(order.Product.Steps.Skip(1)))
            {
                foreach (var report in Of(step))
                {
                    var come = Of(before).Where(one => one.Time.End <= report.Time.End).Sum(one => one.Good);
                    Of(step).Where(one => one.Time.End <= report.Time.End).Sum(Handled).ShouldBeLessThanOrEqualTo(come);
                }
            }

            IEnumerable<Report> Of(Step step) =>
                history.Reports.Where(report => report.Order == order && report.Step == step && !report.IsSetup);
        }
    }

    [Fact]
    public void What_is_used_up_has_been_received_but_for_what_was_miscounted()
    {
        var history = FloorPlay.Play(new Seed(1), Noon);
        var received = history.Receipts.ToDictionary(lot => lot.Lot, lot => lot.Quantity);
        var short_ = history.Reports.SelectMany(report => report.Consumed).GroupBy(used => (used.Material, used.Lot))
            .Where(lot => lot.Sum(used => used.Quantity) > received[lot.Key.Lot]).Select(lot => lot.Key.Material);
        short_.ShouldBe(["NUT-40"]);
    }

    [Fact]
    public void The_machines_work_as_well_as_machines_do()
    {
        var history = FloorPlay.Play(new Seed(1), Noon);
        var (from, shifts, hours) = (Noon.AddDays(-6), new ShiftPlan(Noon), 0.0);
        for (var at = from; shifts.WorkFrom(at) is var work && work.Start < Noon; at = work.End)
        {
            hours += ((work.End < Noon ? work.End : Noon) - (work.Start > from ? work.Start : from)).TotalHours;
        }
        var standard = history.Reports.Where(report => report.Time.End > from)
            .Sum(report => report.Good * report.Step.MinutesPerPiece / 60);
        (standard / (hours * Floor.Units.Count)).ShouldBeInRange(0.55, 0.8);
    }

    static int Handled(Report report) => report.Good + report.Scrap + report.Nonconforming;

    static string Told(FloorHistory history) => string.Join('\n', history.Reports.Select(report =>
        $"{report.Order.Number} {report.Step.Code} {report.Unit} {report.Person} {report.Time} {report.Good} {report.Scrap}"))
        + string.Join('\n', history.Stops.Select(stop => $"{stop.Unit} {stop.Time} {stop.Reason}"));
}
