using Mes.Contracts;
using Mes.Quality.Domain;

namespace Mes.Quality.Tests;

/// <summary>What the tests begin with.</summary>
static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The time around it, as a query.</summary>
    public const string November = "?from=2026-11-01T00:00:00Z&to=2026-11-03T00:00:00Z";

    static int _number;

    /// <summary>An order number nobody else uses.</summary>
    public static string OrderNumber() => $"O-{Interlocked.Increment(ref _number)}-{Guid.NewGuid():n}"[..20];

    public static ProductionReported Report(
        Guid? orderId = null, decimal good = 10, decimal nonconforming = 0, string order = "O-1", string product = "P-1",
        string operation = "Turning", bool isReceipt = false)
    {
        var id = orderId ?? Guid.NewGuid();
        return new ProductionReported(
            Guid.CreateVersion7(), null, id, order, Guid.NewGuid(), operation, 10, Guid.NewGuid(), isReceipt, false,
            product, "pcs", $"LOT-{order}", "M-1", "OP-7", WorkActivity.Run, Now.AddHours(-1), Now,
            good, 0, nonconforming, false, null, [], Now);
    }

    public static ProductionReported Undoing(ProductionReported report) => report with
    {
        ReportId = Guid.CreateVersion7(),
        Reverses = report.ReportId,
        Good = -report.Good,
        Scrap = -report.Scrap,
        Nonconforming = -report.Nonconforming
    };

    public static WorkOrderChanged Order(Guid orderId, long version, WorkOrderStatus status, string number = "O-1") => new(
        orderId, number, version, status, "P-1", "pcs", 100, 5, null, null, [], []);

    public static readonly Characteristic Diameter =
        new("D1", "Outer diameter", CharacteristicType.Variable, "mm", 20, 19.9m, 20.1m, 19.95m, 20.05m);

    public static readonly Characteristic Burr = new("B1", "Free of burrs", CharacteristicType.Attribute);

    public static PlanDefinition Plan(
        SamplingRule rule = SamplingRule.All, int? size = null, InspectionTrigger trigger = InspectionTrigger.EveryReport,
        bool holdsLot = true, string? product = null) => new(
        "Turned parts", InspectionKind.InProcess, trigger, holdsLot, new Sampling(rule, size), [Diameter], product);

    public static PlanVersion Version(PlanDefinition definition) => new() { Code = "PLAN", Version = 1, Definition = definition };

    /// <summary>An open inspection of so many pieces.</summary>
    public static Inspection Inspection(decimal quantity = 3, PlanDefinition? plan = null) =>
        Quality.Domain.Inspection.Open(Version(plan ?? Plan()), Report(good: quantity), 1, Now);

    /// <summary>A measurement of each sampled piece: these values of the diameter.</summary>
    public static IReadOnlyList<Measurement> Measured(Inspection inspection, params decimal[] values) =>
        inspection.Record([.. values.Select((value, index) => new Finding(index + 1, "D1", value))], "Inspector", Now);
}
