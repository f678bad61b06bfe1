using Mes.Contracts;

namespace Mes.Inventory.Tests;

/// <summary>Messages of other services, with only what matters told.</summary>
static class Given
{
    static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    /// <summary>The time in which all reports are, as a query.</summary>
    public const string January = "?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";

    public static ProductionReported Report(
        string product, string lot, decimal good, bool isReceipt = true, string order = "WO-1", decimal scrap = 0,
        int minute = 0, string unit = "pcs", params ConsumedLot[] consumed) =>
        new(Guid.NewGuid(), null, Guid.NewGuid(), order, Guid.NewGuid(), "OP", 10, null, isReceipt, false, product, unit,
            lot, "M1", "P1", WorkActivity.Run, Start, Start.AddMinutes(1), good, scrap, 0, false, null, consumed,
            Start.AddMinutes(minute));

    public static ProductionReported Counter(this ProductionReported report) => report with
    {
        ReportId = Guid.NewGuid(),
        Reverses = report.ReportId,
        Good = -report.Good,
        Scrap = -report.Scrap,
        ReportedAt = report.ReportedAt.AddHours(1),
        Consumed = [.. report.Consumed.Select(lot => lot with { Quantity = -lot.Quantity })]
    };

    public static ConsumedLot Used(string material, string lot, decimal quantity, string unit = "pcs") =>
        new(material, lot, quantity, unit);

    public static WorkOrderChanged Order(
        string number, long version, WorkOrderStatus status, DateTimeOffset? dueAt = null, params RequiredMaterial[] materials) =>
        new(IdOf(number), number, version, status, "P", "pcs", 1, 0, null, dueAt, [], materials);

    /// <summary>The same number has the same id.</summary>
    public static Guid IdOf(string number) =>
        new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(number))[..16]);
}
