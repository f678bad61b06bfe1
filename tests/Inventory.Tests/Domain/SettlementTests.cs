using FsCheck;
using FsCheck.Fluent;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;

namespace Mes.Inventory.Tests.Domain;

public sealed class SettlementTests
{
    static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    static ProductionLine Line(
        ProductionLineKind kind, decimal reported, decimal reversed = 0, decimal posted = 0, int minute = 0,
        decimal accepted = 0) => new()
        {
            ReportId = Guid.NewGuid(),
            Kind = kind,
            Reported = reported,
            Reversed = reversed,
            Posted = posted,
            Accepted = accepted,
            ReportedAt = Start.AddMinutes(minute)
        };

    static ProductionLine Receipt(decimal reported, decimal reversed = 0, decimal posted = 0, decimal accepted = 0) =>
        Line(ProductionLineKind.Receipt, reported, reversed, posted, accepted: accepted);

    static ProductionLine Consumption(decimal reported, decimal reversed = 0, decimal posted = 0, int minute = 0,
        decimal accepted = 0) => Line(ProductionLineKind.Consumption, reported, reversed, posted, minute, accepted);

    [Fact]
    public void A_receipt_is_posted_whole() =>
        Settlement.Of(0, [Receipt(5)]).Single().Posted.ShouldBe(5);

    [Fact]
    public void A_consumption_takes_what_is_there_and_the_rest_is_short()
    {
        var line = Settlement.Of(3, [Consumption(5)]).Single();
        (line.Posted, line.Shortfall).ShouldBe((3, 2));
    }

    [Fact]
    public void The_later_report_is_the_short_one()
    {
        var lines = Settlement.Of(3, [Consumption(2, minute: 2), Consumption(2, minute: 1)]);
        lines.OrderBy(line => line.ReportedAt).Select(line => line.Posted).ShouldBe([2, 1]);
    }

    [Fact]
    public void A_reversal_takes_back_what_is_left_and_the_rest_is_short()
    {
        var line = Settlement.Of(onHand: 3, [Receipt(10, reversed: 10, posted: 10)]).Single();
        (line.Posted, line.Shortfall).ShouldBe((7, 7));
    }

    [Fact]
    public void A_counter_report_before_its_report_posts_nothing_in_the_end()
    {
        Settlement.Of(0, [Receipt(0, reversed: 4)]).Single().Posted.ShouldBe(0);
        Settlement.Of(0, [Receipt(4, reversed: 4)]).Single().Posted.ShouldBe(0);
    }

    [Fact]
    public void What_was_used_up_cannot_be_taken_back_whichever_came_first()
    {
        var lines = Settlement.Of(0, [Receipt(4, reversed: 4), Consumption(3)]);
        lines.Single(line => line.Kind == ProductionLineKind.Receipt).Posted.ShouldBe(3);
        lines.Single(line => line.Kind == ProductionLineKind.Consumption).Shortfall.ShouldBe(0);
    }

    [Fact]
    public void A_counter_report_takes_back_on_the_line_of_its_report_and_a_correction_adds_by_its_sign()
    {
        var report = Given.Report("P", "L", good: 5, consumed: Given.Used("B", "X", 3));
        Sums(report).ShouldBe([(report.ReportId, 3, 0), (report.ReportId, 5, 0)]);
        Sums(report.Counter()).ShouldBe([(report.ReportId, 0, 3), (report.ReportId, 0, 5)]);
        var correction = report with { ReportId = Guid.NewGuid(), Corrects = report.ReportId, Good = -2, Consumed = [] };
        Sums(correction).ShouldBe([(report.ReportId, 0, 2)]);
        Sums(correction.Counter() with { Good = 2 }).ShouldBe([(report.ReportId, 2, 0)], "what undoes it gives them back");
        Sums(report with { Good = 0, Consumed = [] }).ShouldBeEmpty();

        static IEnumerable<(Guid, decimal, decimal)> Sums(Contracts.ProductionReported told) =>
            ProductionLineChange.Of(told).Select(change => (change.ReportId, change.Reported, change.Reversed));
    }

    [Fact]
    public void Without_lots_whatever_was_told_is_one_line()
    {
        var report = Given.Report("P", "L", good: 5, isReceipt: false,
            consumed: [Given.Used("B", "X", 3), Given.Used("B", "Y", 4), Given.Used("C", "X", 1)]);
        ProductionLineChange.WithoutLots(ProductionLineChange.Of(report))
            .Select(change => (change.Lot.Material, change.Lot.Number, change.Reported, change.By.ReportId)).ShouldBe(
            [("B", Lot.Untracked, 7m, report.ReportId), ("C", Lot.Untracked, 1m, report.ReportId)]);
    }

    [Fact]
    public void Of_reports_of_one_instant_the_last_by_id_is_the_short_one()
    {
        ProductionLine[] lines = [Consumption(2), Consumption(2)];
        var last = lines.MaxBy(line => line.ReportId)!.ReportId;
        Settlement.Of(3, lines).Single(line => line.Shortfall > 0).ReportId.ShouldBe(last);
    }

    [Fact]
    public void An_accepted_shortfall_is_none()
    {
        Settlement.Of(100, [Consumption(5, accepted: 2)]).Single().Posted.ShouldBe(3);
        Settlement.Of(100, [Receipt(5, reversed: 5, posted: 2, accepted: 2)]).Single().Posted.ShouldBe(2);
    }

    /// <summary>
    /// Any lines, settled after each one in any order, end as if settled at once; stock is never negative.
    /// </summary>
    [Fact]
    public void The_order_of_arrival_does_not_matter() => Prop.ForAll(
        Cases.ToArbitrary(), test => Arrive(test.Lines, test.Seed, test.OnHand) == Arrive(test.Lines, 0, test.OnHand))
        .QuickCheckThrowOnFailure();

    /// <summary>
    /// Every piece that went out had come in, and what is missing is missing because nothing is left.
    /// </summary>
    [Fact]
    public void Nothing_is_short_while_something_is_left() => Prop.ForAll(Cases.ToArbitrary(), test =>
    {
        var settled = Settlement.Of(test.OnHand, test.Lines);
        var left = LeftAfter(test.OnHand, test.Lines, settled);
        return left >= 0 && (left == 0 || settled.All(line => line.Shortfall == 0));
    }).QuickCheckThrowOnFailure();

    static string Arrive(IReadOnlyList<ProductionLine> lines, int seed, decimal onHand)
    {
        var known = new List<ProductionLine>();
        foreach (var line in Shuffled(lines, seed))
        {
            known.Add(line);
            var settled = Settlement.Of(onHand, known);
            onHand = LeftAfter(onHand, known, settled);
            onHand.ShouldBeGreaterThanOrEqualTo(0);
            known = [.. settled];
        }
        return string.Join(';', known.OrderBy(line => line.ReportId).Select(line => $"{line.ReportId} {line.Posted:0.##}"))
            + $" left {onHand:0.##}";
    }

    static decimal LeftAfter(
        decimal onHand, IReadOnlyCollection<ProductionLine> before, IReadOnlyCollection<ProductionLine> after) =>
        onHand + Net(after) - Net(before);

    static decimal Net(IEnumerable<ProductionLine> lines) =>
        lines.Sum(line => line.Kind == ProductionLineKind.Receipt ? line.Posted : -line.Posted);

    static IEnumerable<ProductionLine> Shuffled(IReadOnlyList<ProductionLine> lines, int seed)
    {
        var shuffled = lines.ToArray();
        if (seed != 0) new System.Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    static readonly Gen<ProductionLine> Lines =
        from isReceipt in Gen.Elements(true, false)
        from reported in Gen.Choose(1, 20)
        from reversed in Gen.Elements(0, 0, 0, reported, reported / 2)
        from minute in Gen.Choose(0, 30)
        select Line(isReceipt ? ProductionLineKind.Receipt : ProductionLineKind.Consumption, reported, reversed, 0, minute);

    static readonly Gen<(IReadOnlyList<ProductionLine> Lines, int Seed, decimal OnHand)> Cases =
        from lines in Lines.ListOf()
        from seed in Gen.Choose(1, 1_000_000)
        from onHand in Gen.Choose(0, 30)
        select ((IReadOnlyList<ProductionLine>)[.. lines], seed, (decimal)onHand);
}
