using System.Globalization;
using System.Text.RegularExpressions;

namespace Mes.Benchmarks;

/// <summary>
/// Processor time by process, user and system, milliseconds: the product's by name, PostgreSQL's by database, the broker's. Empty
/// where the system has no /proc.
/// </summary>
static partial class ProcessTimes
{
    const double TickMs = 10;       // Linux counts in 1/100 s

    /// <summary>Whether the system has /proc.</summary>
    public static bool AreKnown => Directory.Exists("/proc/self");

    /// <summary>Every process: its parent's id, its command line, and what it has spent so far.</summary>
    public static IEnumerable<(int Parent, string Command, double Ms)> All() => AreKnown
        ? Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Select(Read).OfType<(int, string, double)>()
        : [];

    /// <summary>What each has spent so far.</summary>
    public static IReadOnlyDictionary<string, double> Now() => All()
        .Select(process => (Name: NameOf(process.Command), process.Ms)).Where(process => process.Name is not null)
        .GroupBy(process => process.Name!).ToDictionary(group => group.Key, group => group.Sum(process => process.Ms));

    /// <summary>What each has spent since then per call, the largest first.</summary>
    public static IReadOnlyList<(string Name, double Ms)> Since(IReadOnlyDictionary<string, double> then, double calls) =>
        [.. Now().Select(process => (process.Key, (process.Value - then.GetValueOrDefault(process.Key)) / calls))
            .Where(process => process.Item2 >= 0.005).OrderByDescending(process => process.Item2)];

    static (int Parent, string Command, double Ms)? Read(string folder)
    {
        try
        {
            var stat = File.ReadAllText(folder + "/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');     // from the state, field 3, on
            var command = File.ReadAllText(folder + "/cmdline").Replace('\0', ' ');
            return ((int)Number(1), command, (Number(11) + Number(12)) * TickMs);

            double Number(int field) => double.Parse(fields[field], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;        // it has ended
        }
    }

    static string? NameOf(string command)
    {
        if (command.Contains("beam.smp", StringComparison.Ordinal)) return "RabbitMQ";
        if (Backend().Match(command) is { Success: true } backend) return $"PostgreSQL, {backend.Groups[1].Value}";
        if (command.StartsWith("postgres: ", StringComparison.Ordinal)) return "PostgreSQL, itself";
        return Product().Match(command) is { Success: true } product ? product.Groups[1].Value : null;
    }

    // postgres: user database host(port) state
    [GeneratedRegex(@"^postgres: \S+ (\S+) \S+\(\d+\)")]
    private static partial Regex Backend();

    [GeneratedRegex(@"^\S*\b(Mes\.\w+)(?:\.dll)?(?: |$)|^\S*dotnet \S*\b(?<1>Mes\.\w+)\.dll")]
    private static partial Regex Product();
}
