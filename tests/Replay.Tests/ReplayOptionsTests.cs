using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class ReplayOptionsTests
{
    [Fact]
    public void The_whole_command_line_is_understood() =>
        Parse("--gateway http://localhost:8080 --key K --log a.csv --shuffle -7 --json out.json")
            .ShouldBe(new ReplayOptions("a.csv", new Uri("http://localhost:8080"), "K", -7, "out.json"));

    [Fact]
    public void A_log_alone_is_only_read() =>
        Parse("--log a.csv").ShouldBe(new ReplayOptions("a.csv", null, null, null, null));

    [Theory]
    [InlineData("", "--log FILE is missing")]
    [InlineData("--log", "needs a value")]
    [InlineData("--log a --log b", "given twice")]
    [InlineData("--log a --lgo b", "'--lgo' is no option")]
    [InlineData("--log a --gateway http://x", "go together")]
    [InlineData("--log a --key k", "go together")]
    [InlineData("--log a --json out", "--json needs --gateway")]
    [InlineData("--log a --gateway /x --key k", "'/x' is no http or https address")]
    [InlineData("--log a --shuffle soon", "'soon' is no whole number")]
    public void A_wrong_command_line_is_explained(string arguments, string message) =>
        Should.Throw<FormatException>(() => Parse(arguments)).Message.ShouldContain(message);

    static ReplayOptions Parse(string arguments) =>
        ReplayOptions.Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
