using Mes.Contracts;

namespace Mes.Equipment.Tests;

/// <summary>Reports as WorkOrders publishes them; times are minutes after <see cref="Given.Midnight"/>.</summary>
static class Facts
{
    public static ProductionReported Report(
        string equipment, int start, int end, decimal good = 0, WorkActivity activity = WorkActivity.Run) => new(
        ReportId: Guid.NewGuid(), Reverses: null, OrderId: Guid.NewGuid(), OrderNumber: "O-1", OperationId: Guid.NewGuid(),
        OperationCode: "10", OperationSequence: 10, NextOperationId: null, IsReceipt: false, IsInspection: false,
        Product: "P", Unit: "pcs", Lot: "L-1", Equipment: equipment, Operator: "w1", Activity: activity,
        StartedAt: Given.At(start), EndedAt: Given.At(end), Good: good, Scrap: 0, Nonconforming: 0, IsRework: false,
        RunSecondsPerUnit: 60, Consumed: [], ReportedAt: Given.At(end));

    public static ProductionReported CounterOf(ProductionReported undone) => undone with
    {
        ReportId = Guid.NewGuid(),
        Reverses = undone.ReportId,
        Good = -undone.Good,
        Scrap = -undone.Scrap,
        Nonconforming = -undone.Nonconforming,
    };
}
