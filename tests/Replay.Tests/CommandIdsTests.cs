using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class CommandIdsTests
{
    static readonly Guid Dns = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    // RFC 9562, appendix A.4
    [Fact]
    public void Names_give_the_ids_of_the_standard() =>
        CommandIds.NameBased(Dns, "www.example.com").ShouldBe(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"));

    [Fact]
    public void A_row_keeps_its_id_whatever_stands_in_it()
    {
        var row = LogBuilder.Row("Sawing", 0, 10, good: 1, line: 7);

        CommandIds.Of(row).ShouldBe(CommandIds.Of(row with { Good = 2 }));
        CommandIds.Of(row).ShouldNotBe(CommandIds.Of(row with { Line = 8, ClientId = "log.csv:8" }));
    }

    [Fact]
    public void Ids_tell_logs_actions_and_subjects_apart()
    {
        var ids = new CommandIds("log.csv");
        Guid[] all =
        [
            ids.Of("release", "Order A"), ids.Of("release", "Order B"), ids.Of("close", "Order A"),
            new CommandIds("other.csv").Of("release", "Order A"), CommandIds.Of(LogBuilder.Row("Sawing", 0, 10)),
        ];

        all.ShouldBeUnique();
        new CommandIds("log.csv").Of("release", "Order A").ShouldBe(all[0]);
    }

    [Fact]
    public void Every_id_is_of_version_5() => FsCheck.Check.QuickThrowOnFailure(
        Prop.ForAll<string?>(ArbMap.Default.ArbFor<string?>(), name => CommandIds.NameBased(Dns, name ?? "").Version == 5));
}
