using Mes.Contracts;
using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>What a report in force has said of a piece.</summary>
/// <param name="Serial">The piece's serial number.</param>
/// <param name="Result">What became of it.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="Operation">The operation's code.</param>
public sealed record PiecePast(string Serial, PieceResult Result, Guid OperationId, string Operation);

/// <summary>A piece that a report says it has built in.</summary>
/// <param name="Product">Its product.</param>
/// <param name="Serial">Its serial number.</param>
/// <param name="Lot">The lot that it was made in.</param>
/// <param name="IsScrapped">Whether it is rejected.</param>
/// <param name="BuiltInto">The order that it was built in before, or null.</param>
public sealed record ComponentPiece(string Product, string Serial, string Lot, bool IsScrapped, string? BuiltInto);

/// <summary>What the rules look at where a report names pieces.</summary>
public sealed record PieceFacts
{
    /// <summary>Nothing is named.</summary>
    public static PieceFacts None { get; } = new();

    /// <summary>The order that each serial number of the product was allotted to, of those that are named.</summary>
    public IReadOnlyDictionary<string, (Guid Id, string Number)> OrderOf { get; init; } =
        new Dictionary<string, (Guid, string)>();

    /// <summary>What reports in force have said of the pieces that are named.</summary>
    public IReadOnlyList<PiecePast> Past { get; init; } = [];

    /// <summary>The pieces that are named as built in.</summary>
    public IReadOnlyList<ComponentPiece> Components { get; init; } = [];
}

/// <summary>The rules for reports that name pieces by their serial numbers.</summary>
static class PieceRules
{
    /// <exception cref="RuleViolation">The pieces do not fit the report, its order or what was reported of them.</exception>
    public static void MustFit(ProductionReport report, ReportingContext context)
    {
        if (report.Serials.Count > 0 && !context.IsSerialized)
        {
            throw new RuleViolation("product-not-serialized", "Say at the product that it is tracked by serial number.",
                ("product", context.Order.Product));
        }
        foreach (var result in Enum.GetValues<PieceResult>())
        {
            MustAgree(report, result);
        }
        foreach (var piece in report.Serials)
        {
            MustBeOf(context.Order, piece.Serial, context.NamedPieces);
            MustGoOn(report, piece.Serial, context);
        }
        foreach (var used in report.Consumed)
        {
            MustGoInto(report, used);
            MustBeFree(used, context.NamedPieces);
        }
    }

    /// <summary>Whether pieces were reported and not named.</summary>
    public static bool LacksSerials(this ProductionReport report) =>
        Enum.GetValues<PieceResult>().Any(result => report.Of(result) > 0 && report.CountOf(result) == 0);

    static decimal Of(this ProductionReport report, PieceResult result) => result switch
    {
        PieceResult.Good => report.Good,
        PieceResult.Scrap => report.Scrap,
        _ => report.Nonconforming
    };

    static int CountOf(this ProductionReport report, PieceResult result) => report.Serials.Count(piece => piece.Result == result);

    static void MustAgree(ProductionReport report, PieceResult result)
    {
        var (pieces, named) = (report.Of(result), report.CountOf(result));
        if (named > 0 && named != pieces)
        {
            throw new RuleViolation("serials-do-not-agree", "Name as many pieces as are reported, or none.",
                ("result", result.ToString()), ("pieces", pieces), ("serials", named));
        }
    }

    static void MustBeOf(WorkOrder order, string serial, PieceFacts known)
    {
        if (!known.OrderOf.TryGetValue(serial, out var owner))
        {
            throw new RuleViolation("serial-unknown", "No piece of the product has this serial number: allot it first.",
                ("serial", serial), ("product", order.Product));
        }
        if (owner.Id != order.Id)
        {
            throw new RuleViolation("serial-of-other-order", "This piece belongs to another order. Name pieces of this one.",
                ("serial", serial), ("belongsTo", owner.Number), ("order", order.Number));
        }
    }

    /// <summary>What is rejected goes nowhere; what was reported here comes again only to be reworked.</summary>
    static void MustGoOn(ProductionReport report, string serial, ReportingContext context)
    {
        var past = context.NamedPieces.Past.Where(one => one.Serial == serial).ToList();
        if (past.Find(one => one.Result == PieceResult.Scrap) is { } scrapped)
        {
            throw new RuleViolation("piece-scrapped", "This piece is rejected. Undo that report first if it was a mistake.",
                ("serial", serial), ("operation", scrapped.Operation));
        }
        if (!report.IsRework && past.Find(one => one.OperationId == context.Operation.Id) is { } before)
        {
            throw new RuleViolation("piece-already-reported",
                "This piece was reported at this operation before. Report it as rework, or undo the report before.",
                ("serial", serial), ("operation", before.Operation), ("result", before.Result.ToString()));
        }
    }

    static void MustGoInto(ProductionReport report, ConsumedLot used)
    {
        if (used.Serial is { } serial && report.Serials.All(piece => piece.Serial != serial))
        {
            throw new RuleViolation("piece-not-reported", "Name the piece that it went into among the report's serials.",
                ("serial", serial), ("material", used.Material), ("lot", used.Lot));
        }
    }

    /// <summary>A piece is built in once, whole, from the lot that it was made in.</summary>
    static void MustBeFree(ConsumedLot used, PieceFacts known)
    {
        if (used.ComponentSerial is not { } serial)
        {
            return;
        }
        var component = known.Components.FirstOrDefault(one => one.Product == used.Material && one.Serial == serial)
            ?? throw new RuleViolation("serial-unknown", "No piece of the product has this serial number: allot it first.",
                ("serial", serial), ("product", used.Material));
        if (component.Lot != used.Lot)
        {
            throw new RuleViolation("serial-of-other-lot", "This piece was made in another lot. Name that one.",
                ("serial", serial), ("lot", used.Lot), ("madeIn", component.Lot));
        }
        if (used.Quantity != 1)
        {
            throw new RuleViolation("serial-is-one-piece", "A serial number names one piece: give quantity 1.",
                ("serial", serial), ("quantity", used.Quantity));
        }
        if (component.IsScrapped)
        {
            throw new RuleViolation("piece-scrapped", "This piece is rejected. Undo that report first if it was a mistake.",
                ("serial", serial), ("material", used.Material));
        }
        if (component.BuiltInto is { } order)
        {
            throw new RuleViolation("piece-built-in-before", "This piece was built in before. Undo that report first.",
                ("serial", serial), ("material", used.Material), ("builtInto", order));
        }
    }
}
