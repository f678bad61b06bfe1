using Mes.Equipment.Domain;
using Mes.Kernel;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Domain;

public class DowntimeReasonTreeTests
{
    static readonly DowntimeReasonTree Tree = new(
    [
        Reason("tool-worn", "tool"), Reason("technical"), Reason("tool", "technical"), Reason("power", "technical"),
        Reason("no-material"),
    ]);

    [Fact]
    public void Knows_the_way_from_the_top() =>
        Tree.PathTo("tool-worn").Select(reason => reason.Code).ShouldBe(["technical", "tool", "tool-worn"]);

    [Fact]
    public void Knows_what_lies_below()
    {
        Tree.ChildrenOf(null).Select(reason => reason.Code).ShouldBe(["technical", "no-material"]);
        Tree.ChildrenOf("technical").Select(reason => reason.Code).ShouldBe(["tool", "power"]);
        Tree.ChildrenOf("power").ShouldBeEmpty();
    }

    [Fact]
    public void Only_a_known_leaf_classifies()
    {
        Tree.IsLeaf("tool-worn").ShouldBeTrue();
        Tree.IsLeaf("tool").ShouldBeFalse();
        Tree.IsLeaf("unheard-of").ShouldBeFalse();
        Tree.Find("unheard-of").ShouldBeNull();
        Tree.PathTo("unheard-of").ShouldBeEmpty();
    }

    [Fact]
    public void Adds_up_along_its_branches_and_loses_nothing()
    {
        var totals = Tree.RollUp(
        [
            new("tool-worn", Min(5)), new("power", Min(7)), new("no-material", Min(11)), new("tool-worn", Min(1)),
            new(DowntimeReasonTree.Unclassified, Min(2)), new("unheard-of", Min(3)),
        ]);

        totals["tool-worn"].ShouldBe(Min(6));
        totals["tool"].ShouldBe(Min(6));
        totals["technical"].ShouldBe(Min(13));
        totals["no-material"].ShouldBe(Min(11));
        totals[DowntimeReasonTree.Unclassified].ShouldBe(Min(5));
        totals.Count.ShouldBe(6);
    }

    [Fact]
    public void Refuses_what_is_no_tree()
    {
        Refusal(Reason("a", "b")).ShouldContain("unknown parent b");
        Refusal(Reason("a"), Reason("a")).ShouldContain("twice");
        Refusal(Reason(DowntimeReasonTree.Unclassified)).ShouldContain("reserved");
        Refusal(Reason("a", "a")).ShouldContain("own ancestor");
        Refusal(Reason("top"), Reason("a", "b"), Reason("b", "c"), Reason("c", "a")).ShouldContain("own ancestor");
        Refusal(Reason("below", "a"), Reason("a", "b"), Reason("b", "a")).ShouldContain("own ancestor");
    }

    static string Refusal(params DowntimeReason[] reasons) =>
        Should.Throw<ArgumentException>(() => new DowntimeReasonTree(reasons)).Message;

    static DowntimeReason Reason(string code, string? parent = null) => new(code, parent, code, code);

    static TimeSpan Min(int minutes) => TimeSpan.FromMinutes(minutes);
}

public class DowntimeParetoTests
{
    [Fact]
    public void Lists_the_greatest_loss_first_with_its_share_and_stops()
    {
        var tiles = StateTimeline.Tile(
            [Down(1, 0, 10), Down(2, 20, 50), Down(3, 60, 70), Down(4, 80, 130), Ran(5, 0, 200)]);
        var rows = DowntimePareto.Of(tiles, TimeRange.Always, Reasons((1, "tool"), (3, "tool"), (4, "power")));

        rows.ShouldBe(
        [
            new("power", TimeSpan.FromMinutes(50), Stops: 1, CumulativeShare: 0.5m),
            new(DowntimeReasonTree.Unclassified, TimeSpan.FromMinutes(30), Stops: 1, CumulativeShare: 0.8m),
            new("tool", TimeSpan.FromMinutes(20), Stops: 2, CumulativeShare: 1m),
        ]);
    }

    [Fact]
    public void Time_lost_to_two_stops_counts_once_for_the_earlier()
    {
        var tiles = StateTimeline.Tile([Down(1, 10, 40), Down(2, 0, 20)]);
        var rows = DowntimePareto.Of(tiles, TimeRange.Always, Reasons((1, "tool"), (2, "power")));
        rows.Select(row => (row.ReasonCode, row.Lost.TotalMinutes)).ShouldBe([("power", 20.0), ("tool", 20.0)]);
    }

    [Fact]
    public void Counts_what_lies_in_the_window_also_of_an_ongoing_stop() =>
        DowntimePareto.Of(StateTimeline.Tile([Down(1, 0, null)]), Minutes(30, 45), _ => null)
            .ShouldHaveSingleItem().Lost.TotalMinutes.ShouldBe(15);

    [Fact]
    public void Without_downtime_it_is_empty() =>
        DowntimePareto.Of(StateTimeline.Tile([Ran(1, 0, 9)]), TimeRange.Always, _ => null).ShouldBeEmpty();

    static Func<Guid, string?> Reasons(params (int Id, string Code)[] reasons) =>
        id => reasons.Where(reason => Id(reason.Id) == id).Select(reason => reason.Code).SingleOrDefault();
}
