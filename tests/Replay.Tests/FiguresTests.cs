using System.Text.Json;
using Shouldly;
using Xunit;

namespace Mes.Replay.Tests;

public sealed class FiguresTests
{
    static readonly ReplayFigures Figures = Truth.Of(
    [
        LogBuilder.Row("Sawing", 0, 60, 12.5m) with { Rework = true, Nonconforming = 1 },
        LogBuilder.Row("Packing", 60, 90, 10) with { Type = ReportType.Setup },
    ]);

    [Fact]
    public void The_JSON_has_the_agreed_members()
    {
        using var json = JsonDocument.Parse(FiguresJson.Write(Figures));

        json.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(
        [
            "good", "rejected", "nonconforming", "nonconformances", "reworkReports", "reports", "labourMinutes",
            "equipmentMinutes", "received", "receiptReports", "ordersComplete", "ordersClosedShort", "confirmations",
            "perEquipment", "discrepancies", "quirks",
        ]);
        Members("labourMinutes").ShouldBe(["run", "setup", "breakdown"]);
        Members("equipmentMinutes").ShouldBe(["run", "setup", "breakdown"]);
        Members("perEquipment").ShouldBe(["Packing cell", "Sawing cell"]);
        json.RootElement.GetProperty("perEquipment").GetProperty("Sawing cell").GetProperty("good").GetDecimal()
            .ShouldBe(12.5m);

        IEnumerable<string> Members(string group) =>
            json.RootElement.GetProperty(group).EnumerateObject().Select(member => member.Name);
    }

    [Fact]
    public void JSON_that_is_read_again_has_equal_figures() =>
        FiguresComparison.Compare(FiguresJson.Read(FiguresJson.Write(Figures)), Figures)
            .ShouldAllBe(figure => figure.IsEqual);

    [Fact]
    public void A_figure_that_differs_or_is_missing_is_found()
    {
        var measured = Figures with
        {
            Good = 22,
            PerEquipment = new Dictionary<string, EquipmentFigures> { ["Sawing cell"] = new(60, 0, 0, 12.5m) },
            Discrepancies = new Dictionary<string, int>(Figures.Discrepancies) { ["material"] = 1 },
        };

        FiguresComparison.Compare(measured, Figures).Where(figure => !figure.IsEqual).ShouldBe(
        [
            new FigureComparison("good", 22, 22.5m),
            new FigureComparison("Packing cell.setup", 0, 30),
            new FigureComparison("Packing cell.good", 0, 10),
            new FigureComparison("discrepancies.material", 1, 0),
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("32668.8166666666666666", "32668.816666666666666666666667", true)]
    [InlineData("4503.500001", "4503.5", false)]
    public void Last_digits_of_sixtieths_make_no_difference(string measured, string truth, bool isEqual) =>
        new FigureComparison("equipmentMinutes.run", Number(measured), Number(truth)).IsEqual.ShouldBe(isEqual);

    static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void The_table_marks_what_differs_by_a_word()
    {
        var table = new StringWriter();

        FiguresTable.Write(table, FiguresComparison.Compare(Figures with { Good = 22 }, Figures));

        table.ToString().ShouldContain("DIFFERENT by -0.5");
        table.ToString().Split("DIFFERENT").Length.ShouldBe(2);
    }
}
