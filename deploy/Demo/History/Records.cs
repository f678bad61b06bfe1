using Mes.Demo.Plant;

namespace Mes.Demo.History;

/// <summary>A lot that was used up.</summary>
sealed record Used(string Material, string Lot, decimal Quantity, string Unit);

/// <summary>What an operator reported.</summary>
/// <param name="Order">The order.</param>
/// <param name="Step">Its step.</param>
/// <param name="Unit">Code of the equipment.</param>
/// <param name="Person">Code of the operator.</param>
/// <param name="Shift">The shift they are signed on in.</param>
/// <param name="Time">From start to end.</param>
sealed record Report(Order Order, Step Step, string Unit, string Person, Shift Shift, Stretch Time)
{
    /// <summary>Whether it is setup, not run.</summary>
    public bool IsSetup { get; init; }

    public int Good { get; init; }

    public int Scrap { get; init; }

    /// <summary>Pieces that wait for Quality.</summary>
    public int Nonconforming { get; init; }

    public string? ScrapReason { get; init; }

    /// <summary>The lots it used up.</summary>
    public IReadOnlyList<Used> Consumed { get; init; } = [];
}

/// <summary>A stop of a machine.</summary>
/// <param name="Unit">Code of the equipment.</param>
/// <param name="Time">From start to end; one that is not over when the demo begins goes on.</param>
/// <param name="Reason">Code; null where nobody has said.</param>
/// <param name="Report">The report that it cut off.</param>
sealed record Stop(string Unit, Stretch Time, string? Reason, Report Report);

/// <summary>A lot that was received.</summary>
sealed record Receipt(Material Material, string Lot, decimal Quantity, DateTimeOffset At);

/// <summary>What happened on the floor until the demo begins; each list in the order in which it happened.</summary>
/// <param name="Until">When the demo begins.</param>
/// <param name="Orders">The orders, by number.</param>
/// <param name="Receipts">The lots that came in.</param>
/// <param name="Reports">The reports.</param>
/// <param name="Stops">The stops.</param>
/// <param name="EndedShort">The orders whose last step was done with fewer pieces than ordered.</param>
sealed record FloorHistory(
    DateTimeOffset Until, IReadOnlyList<Order> Orders, IReadOnlyList<Receipt> Receipts, IReadOnlyList<Report> Reports,
    IReadOnlyList<Stop> Stops, IReadOnlyList<Order> EndedShort);
