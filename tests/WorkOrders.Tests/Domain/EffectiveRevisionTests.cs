using Mes.Kernel;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Domain;

/// <summary>Which revision an order follows, by its time; without database.</summary>
public sealed class EffectiveRevisionTests
{
    static readonly DateTimeOffset March = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset June = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    static EffectiveRevision Of(string revision, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        new(revision, from, to);

    [Fact]
    public void The_newest_by_name_is_taken_of_those_in_force()
    {
        EffectiveRevision[] revisions = [Of("9"), Of("10", from: March), Of("11", from: June)];
        revisions.NewestAt("R", March.AddTicks(-1)).ShouldBe("9");
        revisions.NewestAt("R", March).ShouldBe("10");
        revisions.NewestAt("R", June.AddTicks(-1)).ShouldBe("10");
        revisions.NewestAt("R", June).ShouldBe("11");
    }

    [Fact]
    public void A_revision_is_in_force_from_its_beginning_until_before_its_end()
    {
        var revision = Of("1", March, June);
        new[] { March.AddTicks(-1), March, June.AddTicks(-1), June }.Select(revision.IsEffective)
            .ShouldBe([false, true, true, false]);
        (Of("1").IsEffective(DateTimeOffset.MinValue), Of("1").IsEffective(DateTimeOffset.MaxValue)).ShouldBe((true, true));
    }

    [Fact]
    public void A_routing_without_revisions_gives_none() =>
        Array.Empty<EffectiveRevision>().NewestAt("R", March).ShouldBeNull();

    [Theory]
    [InlineData(-10, "1")]
    [InlineData(1, "1")]
    [InlineData(80, "2")]
    public void Where_none_is_in_force_the_nearest_in_time_is_named(int days, string nearest)
    {
        EffectiveRevision[] revisions =
            [Of("1", March.AddDays(-5), March), Of("2", from: June), Of("0", March.AddDays(-5), March)];
        var refused = Should.Throw<RuleViolation>(() => revisions.NewestAt("R", March.AddDays(days)));
        refused.Code.ShouldBe("no-effective-revision");
        refused.Values.ShouldContain(value => value.Name == "nearest" && Equals(value.Value, nearest));
    }

    [Fact]
    public void A_revision_asked_for_must_be_in_force()
    {
        EffectiveRevision[] revisions = [Of("1", to: March), Of("2", from: March)];
        revisions.MustBeEffective("R", "2", March).ShouldBe("2");
        revisions.MustBeEffective("R", "nobody knows it", March).ShouldBe("nobody knows it");
        Should.Throw<RuleViolation>(() => revisions.MustBeEffective("R", "1", March)).Code.ShouldBe("revision-not-effective");
    }
}
