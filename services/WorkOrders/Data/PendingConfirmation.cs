using Mes.Kernel;

namespace Mes.WorkOrders.Data;

/// <summary>A report that the ERP must still be told of.</summary>
[NotAudited]
public sealed class PendingConfirmation
{
    /// <summary>The report.</summary>
    public Guid ReportId { get; init; }
}
