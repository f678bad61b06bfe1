using System.Globalization;

namespace Mes.Replay.Figures;

/// <summary>Prints comparisons as a plain table; what differs is marked by a word, not by colour.</summary>
static class FiguresTable
{
    public static void Write(TextWriter output, IReadOnlyList<FigureComparison> figures)
    {
        var nameWidth = figures.Max(figure => figure.Name.Length);
        output.WriteLine($"{"figure".PadRight(nameWidth)} {"measured",14} {"true",14}");
        foreach (var figure in figures)
            output.WriteLine(
                $"{figure.Name.PadRight(nameWidth)} {Text(figure.Measured),14} {Text(figure.True),14}"
                + (figure.IsEqual ? "  OK" : $"  DIFFERENT by {Text(figure.Measured - figure.True)}"));
        output.WriteLine($"{figures.Count(figure => figure.IsEqual)} of {figures.Count} figures are equal");
    }

    /// <summary>Prints figures alone.</summary>
    public static void Write(TextWriter output, ReplayFigures figures)
    {
        var flat = FiguresComparison.Flatten(figures);
        var nameWidth = flat.Keys.Max(name => name.Length);
        foreach (var (name, value) in flat)
            output.WriteLine($"{name.PadRight(nameWidth)} {Text(value),14}");
    }

    static string Text(decimal value) => value.ToString("#,##0.###", CultureInfo.InvariantCulture);
}
