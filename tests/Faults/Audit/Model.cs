using Mes.Faults.Tests.Load;

namespace Mes.Faults.Tests.Audit;

/// <summary>What the acknowledged commands of a plant must come to, computed from nothing else.</summary>
sealed class Model
{
    public Model(Plant plant, Ledger ledger)
    {
        (Plant, Ledger) = (plant, ledger);
        Undos = [.. ledger.Acknowledged<Undone>().Select(undo => (undo.Command.Id, undo.Effect.Report))];
        var undone = Undos.Select(undo => undo.Report).ToHashSet();
        Reports = [.. ledger.Acknowledged<Reported>().Select(report => (report.Command.Id, report.Effect))];
        Standing = [.. Reports.Where(report => !undone.Contains(report.Id)).Select(report => report.Effect)];
        Moves = [.. ledger.Acknowledged<Moved>().Select(moved => moved.Effect)];
        Stops = [.. ledger.Acknowledged<Stopped>().Select(stop => (stop.Command.Id, stop.Effect))];
    }

    public Plant Plant { get; }
    public Ledger Ledger { get; }
    public IReadOnlyList<(Guid Id, Reported Effect)> Reports { get; }
    public IReadOnlyList<(Guid Id, Guid Report)> Undos { get; }

    /// <summary>The reports that were not undone.</summary>
    public IReadOnlyList<Reported> Standing { get; }

    public IReadOnlyList<Moved> Moves { get; }
    public IReadOnlyList<(Guid Id, Stopped Effect)> Stops { get; }

    public Pieces OfOperation(Guid operation) => Pieces.Sum(Standing.Where(report => report.Operation.Id == operation));

    public Pieces OfMachine(string machine) => Pieces.Sum(Standing.Where(report => report.Equipment == machine));

    public decimal ReceivedOf(string order) =>
        Standing.Where(report => report.Operation.IsReceipt && report.Operation.Order.Number == order).Sum(report => report.Good);

    public decimal LabourMinutes(bool isSetup) =>
        Standing.Where(report => report.IsSetup == isSetup).Sum(report => report.Minutes);

    /// <summary>Blanks on hand of a lot.</summary>
    public decimal OnHand(string lot) => Plant.LotQuantity
        + Moves.Where(moved => moved.Lot == lot).Sum(moved => moved.Order is null ? moved.Quantity : -moved.Quantity)
        - (lot == Plant.Lots[0] ? Standing.Sum(report => report.Consumed) : 0);

    /// <summary>Lots with a hold that was acknowledged and not released.</summary>
    public IEnumerable<string> HeldLots()
    {
        var released = Ledger.Acknowledged<Released>().Select(release => release.Effect.HoldCommand).ToHashSet();
        return Ledger.Acknowledged<Held>().Where(hold => !released.Contains(hold.Command.Id)).Select(hold => hold.Effect.Lot);
    }
}

/// <summary>Quantities of reports.</summary>
readonly record struct Pieces(decimal Good, decimal Scrap, decimal Nonconforming)
{
    public static Pieces Sum(IEnumerable<Reported> reports) => reports.Aggregate(new Pieces(), (sum, report) => new Pieces(
        sum.Good + report.Good, sum.Scrap + report.Scrap, sum.Nonconforming + report.Nonconforming));
}
