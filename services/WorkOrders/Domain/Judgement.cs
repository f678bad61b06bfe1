namespace Mes.WorkOrders.Domain;

/// <summary>What Quality has decided on pieces of a report, as far as it is counted here.</summary>
public sealed class Judgement
{
    /// <summary>Identity: Quality's nonconformance.</summary>
    public Guid Id { get; init; }

    /// <summary>The report whose pieces they are.</summary>
    public Guid ReportId { get; init; }

    /// <summary>The newest version counted.</summary>
    public long Version { get; private set; }

    /// <summary>The correction that counts it, or null where it changes nothing.</summary>
    public Guid? CorrectionId { get; private set; }

    /// <summary>Quality has decided anew: that is counted by another correction, or by none.</summary>
    public void Renew(long version, Guid? correctionId) => (Version, CorrectionId) = (version, correctionId);
}
