using Mes.Contracts;
using Mes.Kernel;

namespace Mes.Quality.Domain;

/// <summary>Where in the making of a product an inspection stands.</summary>
public enum InspectionKind
{
    /// <summary>Between operations.</summary>
    InProcess,
    /// <summary>Of the finished product.</summary>
    Final,
    /// <summary>Of the first pieces of an order, before the others are made.</summary>
    FirstArticle
}

/// <summary>Which reports open an inspection.</summary>
public enum InspectionTrigger
{
    /// <summary>Each report with good pieces.</summary>
    EveryReport,
    /// <summary>The first one of an order among those the plan is for.</summary>
    FirstReport
}

/// <summary>What an inspection plan says. An inspection keeps the one it was opened under.</summary>
/// <param name="Name">For people.</param>
/// <param name="Kind">Where in the making it stands.</param>
/// <param name="Trigger">Which reports open an inspection.</param>
/// <param name="HoldsLot">Whether lot and next operation are held until the inspection has passed.</param>
/// <param name="Sampling">How many pieces are inspected.</param>
/// <param name="Characteristics">What is looked at on each, at least one.</param>
/// <param name="Product">The product it is for, or null for any.</param>
/// <param name="Operation">The operation it is for; null for any, or in a final inspection the one received from.</param>
/// <param name="IsActive">Whether it opens inspections.</param>
/// <param name="IsSelfInspection">Whether the operator checks the pieces, at the terminal.</param>
public sealed record PlanDefinition(
    string Name, InspectionKind Kind, InspectionTrigger Trigger, bool HoldsLot, Sampling Sampling,
    IReadOnlyList<Characteristic> Characteristics, string? Product = null, string? Operation = null,
    bool IsActive = true, bool IsSelfInspection = false)
{
    /// <summary>Whether the plan is for this report; only good pieces are inspected.</summary>
    public bool IsFor(ProductionReported report) =>
        IsActive && report.Good > 0
        && (Product ?? report.Product) == report.Product
        && (Operation ?? report.OperationCode) == report.OperationCode
        && (Kind != InspectionKind.Final || Operation is not null || report.IsReceipt);

    /// <summary>The characteristic of that code.</summary>
    /// <exception cref="RuleViolation"><c>characteristic-not-found</c>.</exception>
    public Characteristic Characteristic(string code) =>
        Characteristics.FirstOrDefault(characteristic => characteristic.Code == code)
        ?? throw new RuleViolation("characteristic-not-found", "Use a characteristic of the inspection's plan.",
            ("characteristic", code), ("known", Characteristics.Select(known => known.Code)));

    /// <summary>Refuses a plan that no inspection could follow.</summary>
    /// <exception cref="RuleViolation">Names the part that is wrong.</exception>
    public void Check()
    {
        if (Characteristics.Count == 0)
        {
            throw new RuleViolation("plan-without-characteristics", "Give the plan at least one characteristic.");
        }
        if (Characteristics.CountBy(known => known.Code).FirstOrDefault(pair => pair.Value > 1) is { Key: { } code })
        {
            throw new RuleViolation("characteristic-twice", "Give each characteristic a code of its own.",
                ("characteristic", code));
        }
        if (Kind == InspectionKind.FirstArticle && Trigger != InspectionTrigger.FirstReport)
        {
            throw new RuleViolation("first-article-trigger",
                "A first-article inspection is opened by the first report of an order.", ("trigger", Trigger));
        }
        Sampling.Check();
        foreach (var characteristic in Characteristics)
        {
            characteristic.Check();
        }
    }
}
