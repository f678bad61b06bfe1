using Xunit;

namespace Mes.Replay.Tests;

/// <summary>The real log, read once; tests that need it are skipped where it is absent.</summary>
static class RealLog
{
    const string File = "ballnut/Production_Data.csv";

    static readonly Lazy<IReadOnlyList<LogRow>> LazyRows = new(() =>
    {
        var reading = LogReader.Read(RequirePath());
        Assert.Empty(reading.Errors);
        return reading.Rows;
    });

    static readonly Lazy<ReplayFigures> LazyTruth = new(() => Replay.Expected.Truth.Of(Rows));
    static readonly Lazy<IReadOnlyList<OrderHistory>> LazyOrders = new(() => OrderHistory.From(Rows));

    public static IReadOnlyList<LogRow> Rows
    {
        get
        {
            RequirePath();
            return LazyRows.Value;
        }
    }

    public static ReplayFigures Truth => Rows.Count > 0 ? LazyTruth.Value : throw new InvalidOperationException();

    public static IReadOnlyList<OrderHistory> Orders =>
        Rows.Count > 0 ? LazyOrders.Value : throw new InvalidOperationException();

    static string RequirePath()
    {
        var path = Path.Combine(DataFolder(), File);
        Assert.SkipUnless(
            System.IO.File.Exists(path),
            $"{path} is absent: put the data in ../shared/data beside the checkout or set MES_DATA");
        return path;
    }

    static string DataFolder()
    {
        if (Environment.GetEnvironmentVariable("MES_DATA") is { Length: > 0 } configured)
            return configured;

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !System.IO.File.Exists(Path.Combine(root.FullName, "Mes.sln")))
            root = root.Parent;
        return Path.GetFullPath(Path.Combine(root?.FullName ?? ".", "../shared/data"));
    }
}
