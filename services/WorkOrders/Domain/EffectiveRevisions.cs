using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>When new orders may follow a revision.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="EffectiveFrom">From when on, or null: always.</param>
/// <param name="EffectiveTo">Until when, itself no more, or null: for good.</param>
public sealed record EffectiveRevision(string Revision, DateTimeOffset? EffectiveFrom, DateTimeOffset? EffectiveTo)
{
    /// <summary>Whether orders of that time may follow it.</summary>
    public bool IsEffective(DateTimeOffset at) =>
        !(at < EffectiveFrom) && !(at >= EffectiveTo);

    /// <summary>Passes where orders of that time may follow it.</summary>
    /// <exception cref="RuleViolation">They may not: code <c>revision-not-effective</c>.</exception>
    public void MustBeEffective(string routing, DateTimeOffset at)
    {
        if (IsEffective(at)) return;
        throw new RuleViolation("revision-not-effective",
            "Name another revision, none to take the one in force, or change from when to when this one is effective.",
            ("routing", routing), ("revision", Revision), ("at", at), ("effectiveFrom", EffectiveFrom),
            ("effectiveTo", EffectiveTo));
    }

    internal TimeSpan Distance(DateTimeOffset at) =>
        at < EffectiveFrom ? EffectiveFrom.Value - at : at >= EffectiveTo ? at - EffectiveTo.Value : TimeSpan.Zero;
}

/// <summary>Chooses the revision of a routing that an order follows.</summary>
public static class EffectiveRevisions
{
    /// <summary>The newest by name of those effective then; null where the routing has no revision at all.</summary>
    /// <exception cref="RuleViolation">It has some, but none that is effective then.</exception>
    public static string? NewestAt(
        this IReadOnlyCollection<EffectiveRevision> revisions, string routing, DateTimeOffset at) =>
        revisions.Count == 0 ? null : revisions.NewestEffective(at)?.Revision
            ?? throw NoneEffective(routing, at, Nearest(revisions, at));

    /// <summary>The same, or null where none is effective.</summary>
    public static EffectiveRevision? NewestEffective(this IEnumerable<EffectiveRevision> revisions, DateTimeOffset at) =>
        Newest(revisions.Where(one => one.IsEffective(at)));

    /// <summary>Passes where the revision that was asked for is effective then, or is not there.</summary>
    /// <exception cref="RuleViolation">It is not effective then.</exception>
    public static string MustBeEffective(
        this IReadOnlyCollection<EffectiveRevision> revisions, string routing, string revision, DateTimeOffset at)
    {
        revisions.FirstOrDefault(one => one.Revision == revision)?.MustBeEffective(routing, at);
        return revision;
    }

    static EffectiveRevision? Newest(IEnumerable<EffectiveRevision> revisions) =>
        revisions.MaxBy(one => Revisions.OrderKey(one.Revision), StringComparer.Ordinal);

    static EffectiveRevision Nearest(IReadOnlyCollection<EffectiveRevision> revisions, DateTimeOffset at)
    {
        var shortest = revisions.Min(one => one.Distance(at));
        return Newest(revisions.Where(one => one.Distance(at) == shortest))!;
    }

    static RuleViolation NoneEffective(string routing, DateTimeOffset at, EffectiveRevision nearest) => new(
        "no-effective-revision",
        "Release the order when a revision is effective, or change from when to when one is. The nearest in time is named.",
        ("routing", routing), ("at", at), ("nearest", nearest.Revision), ("effectiveFrom", nearest.EffectiveFrom),
        ("effectiveTo", nearest.EffectiveTo));
}
