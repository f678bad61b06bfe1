using Mes.Demo.History;
using Mes.Demo.Plant;

namespace Mes.Demo.Tests;

/// <summary>What is said to have happened before a demo begins.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    static readonly DateTimeOffset Now = new(2026, 3, 11, 9, 20, 0, TimeSpan.Zero);

    [Fact]
    public void Stats()
    {
        var h = FloorPlay.Play(new Seed(1), Now);
        output.WriteLine($"reports {h.Reports.Count} stops {h.Stops.Count} open stops {h.Stops.Count(s => s.Time.End > Now)} receipts {h.Receipts.Count}");
        foreach (var o in h.Orders)
        {
            var rs = h.Reports.Where(r => r.Order == o).ToList();
            var last = rs.Where(r => r.Step.IsLast).Sum(r => r.Good);
            output.WriteLine($"{o.Number} {o.Product.Code} q{o.Quantity} p{o.Priority} {o.Fate} begun {rs.Select(r => r.Step).Distinct().Count()}/{o.Product.Steps.Count} received {last} {(last >= o.Quantity ? "DONE" : "")} due {o.DueAt:MM-dd HH} rel {o.ReleaseAt:MM-dd HH}");
        }
        var shifts = new ShiftPlan(Now);
        var week = new Stretch(Now.AddDays(-7), Now);
        double pbt = 0; for (var t = week.Start; t < week.End;) { var w = shifts.WorkFrom(t); if (w.Start >= week.End) break; pbt += ((w.End < week.End ? w.End : week.End) - (w.Start > week.Start ? w.Start : week.Start)).TotalHours; t = w.End; }
        foreach (var u in Floor.Units)
        {
            var rs = h.Reports.Where(r => r.Unit == u.Code && r.Time.End > week.Start).ToList();
            var run = rs.Where(r => !r.IsSetup).Sum(r => (r.Time.End - r.Time.Start).TotalHours);
            var setup = rs.Where(r => r.IsSetup).Sum(r => (r.Time.End - r.Time.Start).TotalHours);
            var std = rs.Sum(r => (r.Good + r.Scrap + r.Nonconforming) * r.Step.MinutesPerPiece / 60);
            var good = rs.Sum(r => r.Good * r.Step.MinutesPerPiece / 60);
            output.WriteLine($"{u.Code} pbt {pbt:F0} run {run:F0} setup {setup:F0} A {run / pbt:P0} E {std / run:P0} Q {good / std:P1} OEE {good / pbt:P0}");
        }
    }
}
