using System.Globalization;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Files;

namespace Mes.Scheduling.Cli;

/// <summary>An instance to solve, and what is known of it.</summary>
/// <param name="Name">For the table of results.</param>
/// <param name="Read">The model.</param>
/// <param name="Best">Best known value.</param>
/// <param name="IsProved">True if the best known value is known to be optimal.</param>
sealed record BenchCase(string Name, Func<SchedulingModel> Read, long? Best, bool IsProved);

/// <summary>The sets of instances.</summary>
static class BenchCases
{
    static readonly string[] Extensions = [".txt", ".fjs", ".jsp", ".json"];

    sealed record Known(long Best, bool IsProved);

    /// <summary>Every instance of a folder and those below it, in the order of their names.</summary>
    public static IEnumerable<BenchCase> OfFolder(string folder, Arguments arguments, Session session)
    {
        var paths = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(IsInstance)
            .Order(StringComparer.Ordinal).ToArray();
        var best = BestKnown(arguments.Option("best") ?? FindTable(folder, paths));
        return paths.Select(path => (path, Known: Lookup(best, path))).Select(item => new BenchCase(
            Path.GetRelativePath(folder, item.path), () => InputFile.Read(arguments, item.path, session, out _),
            item.Known?.Best, item.Known?.IsProved ?? false));
    }

    /// <summary>The rows of a table of due dates and weights, each on an instance from the folders below it, for
    /// weighted tardiness. Of instances of the same name the one without alternatives is meant. A row whose column n
    /// says so is on the first n jobs of its instance, as Singer and Pinedo (1998) shorten la21 to la24.</summary>
    public static IEnumerable<BenchCase> OfDueTable(string table, Arguments arguments)
    {
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(table))!, "*",
            SearchOption.AllDirectories).Where(IsInstance).ToLookup(Path.GetFileNameWithoutExtension);
        var rows = Rows(table, "instance", "due_dates", "weights");
        return rows.Select(row => new BenchCase(row.GetValueOrDefault("f") is { } f
                ? $"{row["instance"]} f={f}" : row["instance"],
            () => Model(row, [.. files[row["instance"]].Order(StringComparer.Ordinal)], arguments),
            row.GetValueOrDefault("twt_best_known") is { Length: > 0 } best ? Number(best) : null,
            row.GetValueOrDefault("checked", "").StartsWith("proved", StringComparison.Ordinal)));
    }

    static SchedulingModel Model(Dictionary<string, string> row, string[] files, Arguments arguments)
    {
        if (files.Length == 0) throw new FormatException($"No file of {row["instance"]} in the folders below the table.");
        var (file, model) = files.Select(path => (Path: path, Model: InstanceFile.Parse(File.ReadAllText(path), path,
                arguments.Option("format", InstanceFile.Formats), out _)))
            .MinBy(item => item.Model.Jobs.Max(job => job.Operations.Max(operation => operation.Alternatives.Count)));
        var (due, weight) = (Numbers(row["due_dates"]), Numbers(row["weights"]));
        if (row.GetValueOrDefault("n") is { Length: > 0 } jobs) model = FirstJobs(model, (int)Number(jobs));
        if (due.Length != model.Jobs.Count || weight.Length != due.Length)
            throw new FormatException(
                $"{file}: {model.Jobs.Count} jobs, {due.Length} due dates, {weight.Length} weights.");
        return DueFile.Apply(model, due, weight) with { Objective = Objective.WeightedTardiness };
    }

    static SchedulingModel FirstJobs(SchedulingModel model, int count)
    {
        var jobs = model.Jobs.Take(count).ToArray();
        var operations = jobs.SelectMany(job => job.Operations).Select(operation => operation.Id).ToHashSet();
        return model with
        {
            Jobs = jobs,
            Precedences = [.. model.Precedences.Where(arc => operations.Contains(arc.From) && operations.Contains(arc.To))],
        };
    }

    static bool IsInstance(string path) => Extensions.Contains(Path.GetExtension(path));

    /// <summary>By file name, or by file name and folder, as in <c>la01_edata</c>.</summary>
    static Known? Lookup(Dictionary<string, Known> best, string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)));
        return best.GetValueOrDefault(name) ?? best.GetValueOrDefault($"{name}_{folder}");
    }

    static Dictionary<string, Known> BestKnown(string? table) => table is null ? [] : Rows(table, "instance", "ub")
        .Where(row => row["ub"] != "").DistinctBy(row => row["instance"])
        .ToDictionary(row => row["instance"], row => new Known(Number(row["ub"]),
            row.GetValueOrDefault("lb") == row["ub"]));

    static List<Dictionary<string, string>> Rows(string table, params string[] needed)
    {
        var lines = File.ReadAllLines(table).Select(line => line.Split(',')).ToArray();
        if (lines.Length == 0 || needed.Except(lines[0]).Any())
            throw new FormatException($"{table}: no columns {string.Join(", ", needed)}.");
        return [.. lines.Skip(1).Where(line => line.Length == lines[0].Length)
            .Select(line => lines[0].Zip(line).DistinctBy(cell => cell.First)
                .ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    /// <summary>The table that knows most of the instances, in their folder or one above it.</summary>
    static string? FindTable(string folder, string[] paths)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var known = at.GetFiles("bks*.csv").Select(table => table.FullName).Select(table =>
                (table, Count: BestKnown(table) is var best ? paths.Count(path => Lookup(best, path) is not null) : 0));
            if (known.OrderByDescending(item => item.Count).FirstOrDefault() is (var found, > 0)) return found;
        }
        return null;
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    static int[] Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
}
