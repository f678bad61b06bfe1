using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Papers;

/// <summary>That something of an order was printed.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Paper">What was printed.</param>
/// <param name="Number">Which print it is, from 1; above 1 it is a reprint.</param>
/// <param name="PrintedAt">When, UTC.</param>
/// <param name="PrintedBy">Name of who printed it.</param>
public sealed record PrintView(Guid Id, Paper Paper, int Number, DateTimeOffset PrintedAt, string PrintedBy)
{
    internal static PrintView Of(PrintedPaper print) =>
        new(print.Id, print.Paper, print.Number, print.PrintedAt, print.PrintedBy);
}
