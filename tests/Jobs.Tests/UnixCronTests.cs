using Mes.Hosting.Jobs;
using Shouldly;

namespace Mes.Jobs.Tests;

public sealed class UnixCronTests
{
    const string BothDays =
        "it names a day of month and a day of week, which engines read differently; leave one '*'";

    [Theory]
    [InlineData("0 2 * * *", "0 0 2 * * ?")]
    [InlineData("*/15 * * * *", "0 */15 * * * ?")]
    [InlineData("  5   4 *\t* *  ", "0 5 4 * * ?")]
    [InlineData("0 6,14,22 * * *", "0 0 6,14,22 * * ?")]
    [InlineData("10-50/20 8-17 * * *", "0 10-50/20 8-17 * * ?")]
    [InlineData("0 0 1 * *", "0 0 0 1 * ?")]
    [InlineData("0 0 29 2 *", "0 0 0 29 2 ?")]
    [InlineData("0 0 1 jan,jul *", "0 0 0 1 JAN,JUL ?")]
    [InlineData("0 0 * * 0", "0 0 0 ? * SUN")]
    [InlineData("0 0 * * 7", "0 0 0 ? * SUN")]
    [InlineData("0 0 * * 1", "0 0 0 ? * MON")]
    [InlineData("0 0 * * 6", "0 0 0 ? * SAT")]
    [InlineData("0 0 * * 1-5", "0 0 0 ? * MON,TUE,WED,THU,FRI")]
    [InlineData("0 0 * * mon-fri", "0 0 0 ? * MON,TUE,WED,THU,FRI")]
    [InlineData("0 0 * * 5-7", "0 0 0 ? * SUN,FRI,SAT")]
    [InlineData("0 0 * * */2", "0 0 0 ? * SUN,TUE,THU,SAT")]
    [InlineData("0 0 * * 1-7/3", "0 0 0 ? * SUN,MON,THU")]
    [InlineData("0 0 * * 0-6", "0 0 0 * * ?")]
    [InlineData("0 0 * * 0-7", "0 0 0 * * ?")]
    public void Is_translated_with_the_same_meaning(string unix, string quartz) =>
        QuartzEngine.CronOf(new JobSchedule("s", "j", unix, "UTC")).CronExpressionString.ShouldBe(quartz);

    [Theory]
    [InlineData("", "it has 0 fields; five are needed: minute, hour, day of month, month, day of week")]
    [InlineData("* * * *", "it has 4 fields; five are needed: minute, hour, day of month, month, day of week")]
    [InlineData("0 0 12 * * ?", "it has 6 fields; five are needed: minute, hour, day of month, month, day of week")]
    [InlineData("@daily", "it has 1 fields; five are needed: minute, hour, day of month, month, day of week")]
    [InlineData("0 0 13 * 5", BothDays)]
    [InlineData("0 0 */2 * 1-5", BothDays)]
    [InlineData("60 * * * *", "'60' is no value of minute (0 to 59)")]
    [InlineData("-1 * * * *", "'' is no value of minute (0 to 59)")]
    [InlineData("* 24 * * *", "'24' is no value of hour (0 to 23)")]
    [InlineData("* * 0 * *", "'0' is no value of day of month (1 to 31)")]
    [InlineData("* * * 13 *", "'13' is no value of month (1 to 12)")]
    [InlineData("* * * * 8", "'8' is no value of day of week (0 to 7)")]
    [InlineData("* * * MON *", "'MON' is no value of month (1 to 12)")]
    [InlineData("* * L * *", "'L' is no value of day of month (1 to 31)")]
    [InlineData("* * 15W * *", "'15W' is no value of day of month (1 to 31)")]
    [InlineData("* * * * 1#2", "'1#2' is no value of day of week (0 to 7)")]
    [InlineData("* * ? * 1", "'?' is no value of day of month (1 to 31)")]
    [InlineData("H * * * *", "'H' is no value of minute (0 to 59)")]
    [InlineData("1,,2 * * * *", "'' is no value of minute (0 to 59)")]
    [InlineData("+5 * * * *", "'+5' is no value of minute (0 to 59)")]
    [InlineData("1-2-3 * * * *", "'1-2-3' is no value of minute")]
    [InlineData("*/5/2 * * * *", "'*/5/2' is no value of minute")]
    [InlineData("*-5 * * * *", "'*' is no value of minute (0 to 59)")]
    [InlineData("*/0 * * * *", "'0' is no step of minute (1 to 59)")]
    [InlineData("*/60 * * * *", "'60' is no step of minute (1 to 59)")]
    [InlineData("* * * * */7", "'7' is no step of day of week (1 to 6)")]
    [InlineData("5/15 * * * *", "in minute a step follows '*' or a range, not '5'")]
    [InlineData("* 22-2 * * *", "in hour the range '22-2' runs backwards; write two ranges")]
    [InlineData("* * * * FRI-MON", "in day of week the range 'FRI-MON' runs backwards; write two ranges")]
    [InlineData("0 0 31 4 *", "day 31 never comes in month 4")]
    [InlineData("0 0 30,31 FEB *", "day 30,31 never comes in month FEB")]
    [InlineData("99999999999 * * * *", "'99999999999' is no value of minute (0 to 59)")]
    public void Is_refused_with_the_reason(string cron, string why) =>
        Should.Throw<FormatException>(() => UnixCron.Parse(cron)).Message.ShouldBe($"Cron '{cron}': {why}.");
}
