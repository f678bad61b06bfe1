using System.Globalization;
using System.Text.RegularExpressions;
using Mes.Equipment.Domain;
using Mes.Kernel;

namespace Mes.Equipment.Tests;

/// <summary>Three months of a real machine shop, read in place where the data is at hand.</summary>
static partial class RealLog
{
    public static string? FindPath()
    {
        var data = Environment.GetEnvironmentVariable("MES_DATA") ?? DataBesideTheCheckout();
        var path = data is null ? null : Path.Combine(data, "ballnut", "Production_Data.csv");
        return File.Exists(path) ? path : null;
    }

    /// <summary>One record per row; its number is its identity, for exact repeats are rows of their own.</summary>
    public static List<ActivityRecord> Read(string path) => Rows(path, Record);

    /// <summary>Each row through a reader that gets its cells by column name and the row's identity.</summary>
    public static List<T> Rows<T>(string path, Func<Func<string, string>, Guid, T> read)
    {
        var lines = File.ReadAllLines(path);
        var columns = Cells(lines[0]).Select((name, index) => (name, index)).ToDictionary(c => c.name, c => c.index);
        return [.. lines.Skip(1).Select(Cells).Select((cells, row) => read(column => cells[columns[column]], Given.Id(row)))];
    }

    public static ActivityRecord Record(Func<string, string> cell, Guid id) => new(
        id,
        Normalize(cell("Resource")),
        cell("Report Type") switch
        {
            "D" => EquipmentState.Run,
            "S" => EquipmentState.Setup,
            "B" => EquipmentState.Breakdown,
            var other => throw new InvalidDataException($"Unknown report type {other}."),
        },
        new TimeRange(Instant(cell("Start Timestamp")), Instant(cell("Complete Timestamp"))),
        SourceReportId: id);

    static string[] Cells(string line) => line.Contains('"')
        ? throw new InvalidDataException($"This reader knows no quoted cells: {line}")
        : line.Split(',');

    static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(
        text.Trim(), "yyyy/MM/dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static string Normalize(string resource) => Hyphen().Replace(Blanks().Replace(resource.Trim(), " "), " - ");

    static string? DataBesideTheCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mes.sln")))
            folder = folder.Parent;
        return folder is null ? null : Path.Combine(folder.FullName, "..", "shared", "data");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\s*-\s*")]
    private static partial Regex Hyphen();
}
