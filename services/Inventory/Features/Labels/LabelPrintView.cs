using Mes.Inventory.Domain;

namespace Mes.Inventory.Features.Labels;

/// <summary>That the label of a lot was printed.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Number">Which print it is, from 1; above 1 it is a reprint.</param>
/// <param name="PrintedAt">When, UTC.</param>
/// <param name="PrintedBy">Name of who printed it.</param>
public sealed record LabelPrintView(Guid Id, int Number, DateTimeOffset PrintedAt, string PrintedBy)
{
    internal static LabelPrintView Of(LabelPrint print) => new(print.Id, print.Number, print.PrintedAt, print.PrintedBy);
}
