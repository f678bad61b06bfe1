using Mes.Kernel;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Domain;

/// <summary>How orders, lots and serial numbers are numbered; without database.</summary>
public sealed class NumberingTests
{
    static readonly DateOnly Day = new(2026, 3, 9);

    static NumberingRule Rule(string pattern, CounterReset reset = CounterReset.None)
    {
        var rule = new NumberingRule { Kind = NumberingKind.Orders };
        rule.Define(pattern, reset, Day);
        return rule;
    }

    [Theory]
    [InlineData("WO-{yyyy}{MM}-{counter:4}", "WO-202603-0001")]
    [InlineData("{yy}/{MM}/{dd}.{counter:1}", "26/03/09.1")]
    [InlineData("{counter:12}", "000000000001")]
    [InlineData("工单 {counter:3}", "工单 001")]
    public void A_number_is_written_by_its_pattern(string pattern, string number) => Rule(pattern).Next(Day).ShouldBe(number);

    [Theory]
    [InlineData("WO-1", CounterReset.None, "pattern-needs-one-counter")]
    [InlineData("", CounterReset.None, "pattern-needs-one-counter")]
    [InlineData("{counter:4}{counter:4}", CounterReset.None, "pattern-needs-one-counter")]
    [InlineData("{counter}", CounterReset.None, "pattern-part-unknown")]
    [InlineData("{counter:0}", CounterReset.None, "pattern-part-unknown")]
    [InlineData("{counter:13}", CounterReset.None, "pattern-part-unknown")]
    [InlineData("{mm}{counter:4}", CounterReset.None, "pattern-part-unknown")]
    [InlineData("{counter:4", CounterReset.None, "pattern-part-unknown")]
    [InlineData("}{counter:4}", CounterReset.None, "pattern-part-unknown")]
    [InlineData("WO-{counter:4}", CounterReset.Year, "pattern-repeats")]
    [InlineData("{yyyy}-{counter:4}", CounterReset.Month, "pattern-repeats")]
    [InlineData("{MM}{dd}-{counter:4}", CounterReset.Day, "pattern-repeats")]
    [InlineData("{yyyy}{MM}-{counter:4}", CounterReset.Day, "pattern-repeats")]
    [InlineData(" {counter:4}", CounterReset.None, "pattern-no-code")]
    public void A_pattern_that_is_none_is_refused(string pattern, CounterReset reset, string code) =>
        Should.Throw<RuleViolation>(() => Rule(pattern, reset)).Code.ShouldBe(code);

    [Fact]
    public void A_number_that_would_be_too_long_for_a_code_is_refused_before_any_is() =>
        Should.Throw<RuleViolation>(() => Rule(new string('x', 90) + "{counter:4}")).Code.ShouldBe("pattern-no-code");

    [Theory]
    [InlineData(CounterReset.None, "2", "3", "4")]
    [InlineData(CounterReset.Year, "2", "3", "1")]
    [InlineData(CounterReset.Month, "2", "1", "1")]
    [InlineData(CounterReset.Day, "1", "1", "1")]
    public void The_counter_begins_anew_as_it_is_told(CounterReset reset, string day, string month, string year)
    {
        var rule = Rule("{yyyy}{MM}{dd}-{counter:1}", reset);
        rule.Next(Day);
        foreach (var (date, count) in new[] { (Day.AddDays(1), day), (Day.AddMonths(1), month), (Day.AddYears(1), year) })
            rule.Next(date).Split('-')[1].ShouldBe(count);
    }

    [Fact]
    public void Another_pattern_goes_on_counting_and_more_numbers_than_digits_get_longer()
    {
        var rule = Rule("A{counter:1}");
        for (var count = 0; count < 9; count++) rule.Next(Day);
        rule.Define("{yyyy}-{counter:1}", CounterReset.Year, Day);
        rule.Preview(Day, 3).ShouldBe(["2026-10", "2026-11", "2026-12"]);
        rule.Next(Day).ShouldBe("2026-10", "what is shown is not given");
    }
}
