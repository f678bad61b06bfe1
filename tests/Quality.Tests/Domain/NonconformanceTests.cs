using FsCheck;
using FsCheck.Fluent;
using Mes.Kernel;
using Mes.Quality.Domain;

namespace Mes.Quality.Tests.Domain;

public class NonconformanceTests
{
    [Fact]
    public void It_tells_what_its_report_told()
    {
        var report = Given.Report(nonconforming: 7, order: "O-77");
        var found = Nonconformance.Of(report, 12, Given.Now);
        (found.Number, found.Quantity, found.OrderNumber, found.Lot, found.Equipment, found.Operator)
            .ShouldBe(("NC-000012", 7m, "O-77", "LOT-O-77", "M-1", "OP-7"));
        (found.ReportedAt, found.ReportId).ShouldBe((report.ReportedAt, report.ReportId));
        found.Status.ShouldBe(NonconformanceStatus.Open);
    }

    /// <summary>Whatever is tried, the decisions never exceed the quantity, and it closes exactly when they reach it.</summary>
    [Fact]
    public void Decisions_never_exceed_the_quantity() => Prop.ForAll(
        Gen.Choose(1, 40).NonEmptyListOf().ToArbitrary(), tried =>
        {
            var found = Nonconformance.Of(Given.Report(nonconforming: 60), 1, Given.Now);
            var expected = 0;
            foreach (var quantity in tried)
            {
                var fits = expected + quantity <= 60;
                CodeOf(() => found.Dispose(DispositionKind.Rework, quantity, "r", "by", Given.Now))
                    .ShouldBe(fits ? null : "disposition-exceeds-quantity");
                expected += fits ? quantity : 0;
            }
            found.Undecided.ShouldBe(60 - expected);
            found.Dispositions.Select(decision => decision.Position).ShouldBe(Enumerable.Range(1, found.Dispositions.Count));
            CodeOf(() => found.Close(Given.Now)).ShouldBe(expected == 60 ? null : "nonconformance-undecided");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_decided_is_told_as_it_changes_what_the_report_said()
    {
        var found = Nonconformance.Of(Given.Report(nonconforming: 10), 1, Given.Now);
        var version = found.Version;
        Told(found).ShouldBe((version, 0, 0, 0));
        found.Dispose(DispositionKind.UseAsIs, 1, "r", "by", Given.Now);
        found.Dispose(DispositionKind.Scrap, 2, "r", "by", Given.Now);
        found.Dispose(DispositionKind.Scrap, 1, "r", "by", Given.Now);
        found.Dispose(DispositionKind.Return, 2, "r", "by", Given.Now);
        found.Dispose(DispositionKind.Rework, 1, "r", "by", Given.Now);
        Told(found).ShouldBe((version + 5, 1, 5, -7), "what is reworked is reported anew; three wait on");

        found.Withdraw(Given.Now);
        Told(found).ShouldBe((version + 6, 0, 0, 0));
        found.Withdraw(Given.Now.AddDays(1));
        (found.Version, found.EndedAt).ShouldBe((version + 6, Given.Now));

        static (long, decimal, decimal, decimal) Told(Nonconformance found)
        {
            var told = found.ToContract("r");
            return (told.Version, told.Good, told.Scrap, told.Nonconforming);
        }
    }

    [Fact]
    public void All_kinds_add_up_and_close_it()
    {
        var found = Nonconformance.Of(Given.Report(nonconforming: 4), 1, Given.Now);
        foreach (var kind in Enum.GetValues<DispositionKind>())
        {
            found.Dispose(kind, 1, "r", "by", Given.Now);
        }
        found.Close(Given.Now);
        found.Status.ShouldBe(NonconformanceStatus.Closed);
        Should.Throw<RuleViolation>(() => found.Dispose(DispositionKind.Scrap, 1, "r", "by", Given.Now))
            .Kind.ShouldBe(RefusalKind.Conflict);
        Should.Throw<RuleViolation>(() => found.Close(Given.Now)).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public void One_that_was_withdrawn_keeps_its_decisions_and_takes_no_more()
    {
        var found = Nonconformance.Of(Given.Report(nonconforming: 4), 1, Given.Now);
        found.Dispose(DispositionKind.Scrap, 1, "r", "by", Given.Now);
        found.Withdraw(Given.Now);
        found.Withdraw(Given.Now.AddDays(1));
        (found.Status, found.EndedAt, found.Dispositions.Count).ShouldBe((NonconformanceStatus.Withdrawn, Given.Now, 1));
        Should.Throw<RuleViolation>(() => found.Dispose(DispositionKind.Scrap, 1, "r", "by", Given.Now))
            .Code.ShouldBe("nonconformance-not-open");
    }

    [Theory]
    [InlineData(false, false, null, null, "hold-without-target")]
    [InlineData(false, false, "M", null, "hold-without-target")]
    [InlineData(false, false, null, "L", "lot-without-material")]
    [InlineData(true, false, "M", null, "lot-without-material")]
    [InlineData(true, false, null, null, null)]
    [InlineData(false, true, null, null, null)]
    [InlineData(false, false, "M", "L", null)]
    [InlineData(true, true, "M", "L", null)]
    public void A_hold_names_what_it_holds(bool order, bool operation, string? material, string? lot, string? code) =>
        CodeOf(() => Hold.Place(new HoldTarget(order ? Guid.NewGuid() : null, operation ? Guid.NewGuid() : null, material, lot),
            "r", "by", Given.Now)).ShouldBe(code);

    [Fact]
    public void A_hold_is_released_once_and_each_state_has_its_version()
    {
        var hold = Hold.Place(new HoldTarget(null, null, "M", "L"), "crack", "Ann", Given.Now);
        var placed = hold.ToContract();
        (placed.Version, placed.IsActive, placed.Reason).ShouldBe((1, true, "crack"));
        hold.Release("was dirt", "Bob", Given.Now);
        var released = hold.ToContract();
        (released.HoldId, released.Version, released.IsActive, released.Reason).ShouldBe((placed.HoldId, 2, false, "was dirt"));
        Should.Throw<RuleViolation>(() => hold.Release("again", "Eve", Given.Now)).Kind.ShouldBe(RefusalKind.Conflict);
        (hold.Version, hold.ReleasedBy).ShouldBe((2, "Bob"));
    }

    static string? CodeOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (RuleViolation violation)
        {
            return violation.Code;
        }
    }
}
