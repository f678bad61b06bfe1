using System.Diagnostics;
using System.Globalization;
using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Cli;

/// <summary>Solves a folder of instances and compares with the best known values.</summary>
static class BenchCommand
{
    const string Header = "instance,seed,objective,lowerBound,bestKnown,gap,seconds,feasible";

    sealed record Result(string Instance, int Seed, long Objective, long Bound, long? Best, double Seconds,
        bool Feasible)
    {
        /// <summary>Distance above the best known value, as a share of it.</summary>
        public double? Gap => Best is > 0 ? Objective / (double)Best - 1 : null;

        public string ToCsv() => string.Create(CultureInfo.InvariantCulture,
            $"{Instance},{Seed},{Objective},{Bound},{Best},{Gap:F6},{Seconds:F2},{Feasible}");

        public static Result Parse(string line)
        {
            var cells = line.Split(',');
            return new Result(cells[0], Int(cells[1]), Int(cells[2]), Int(cells[3]), cells[4] == "" ? null
                : Int(cells[4]),
                double.Parse(cells[6], CultureInfo.InvariantCulture), bool.Parse(cells[7]));
        }
    }

    public static int Run(Arguments arguments, TextWriter output, TextWriter error)
    {
        var folder = arguments.File(0, "a folder");
        var best = BestKnown(arguments.Option("best") ?? FindTable(folder));
        var file = arguments.Option("out");
        var results = file is not null && File.Exists(file)
            ? File.ReadLines(file).Skip(1).Select(Result.Parse).ToList()
            : [];
        if (file is not null && results.Count == 0) File.WriteAllText(file, Header + "\n");
        foreach (var instance in Directory.GetFiles(folder).Where(IsInstance).Order(StringComparer.Ordinal))
            for (var seed = 1; seed <= arguments.Number("seeds", 1); seed++)
            {
                if (results.Any(done => done.Instance == Path.GetFileName(instance) && done.Seed == seed)) continue;
                var result = Solve(instance, seed, best, arguments);
                results.Add(result);
                if (file is not null) File.AppendAllText(file, result.ToCsv() + "\n");
                error.WriteLine(result.ToCsv());
            }
        Print(results, output);
        return results.All(result => result.Feasible) ? 0 : 1;
    }

    static bool IsInstance(string path) => Path.GetExtension(path) is ".txt" or ".fjs" or ".jsp" or ".json";

    static Result Solve(string path, int seed, Dictionary<string, long> best, Arguments arguments)
    {
        var watch = Stopwatch.StartNew();
        var model = InstanceFile.Read(arguments, path);
        var plan = SolveCommand.Solve(model, arguments, seed, watch, TextWriter.Null);
        var isFeasible = PlanVerifier.Verify(model, plan).Count == 0;
        return new Result(Path.GetFileName(path), seed, plan.Value.Levels[0], plan.Bound.Levels[0],
            Lookup(best, path), watch.Elapsed.TotalSeconds, isFeasible);
    }

    /// <summary>By file name, or by file name and folder, as in <c>la01_edata</c>.</summary>
    static long? Lookup(Dictionary<string, long> best, string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)));
        return best.TryGetValue(name, out var value) || best.TryGetValue($"{name}_{folder}", out value) ? value : null;
    }

    static Dictionary<string, long> BestKnown(string? table)
    {
        if (table is null) return [];
        var lines = File.ReadAllLines(table).Select(line => line.Split(',')).ToArray();
        var (name, ub) = (Array.IndexOf(lines[0], "instance"), Array.IndexOf(lines[0], "ub"));
        if (name < 0 || ub < 0) throw new FormatException($"{table}: no columns instance and ub.");
        return lines.Skip(1).Where(line => line.Length > ub && line[ub] != "")
            .DistinctBy(line => line[name]).ToDictionary(line => line[name], line => (long)Int(line[ub]));
    }

    /// <summary>The table that knows most of the folder's instances, in the folder or one above it.</summary>
    static string? FindTable(string folder)
    {
        var paths = Directory.GetFiles(folder).Where(IsInstance).ToArray();
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var tables = at.GetFiles("bks*.csv").Select(table => table.FullName);
            var known = tables.Select(table =>
                (table, Count: paths.Count(path => Lookup(BestKnown(table), path) is not null)));
            if (known.MaxBy(item => item.Count) is (var found, > 0)) return found;
        }
        return null;
    }

    static void Print(List<Result> results, TextWriter output)
    {
        output.WriteLine($"{"instance",-22}{"best",10}{"mean",12}{"bound",10}{"known",10}{"gap %",9}{"seconds",9}");
        foreach (var runs in results.GroupBy(result => result.Instance))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{runs.Key,-22}{runs.Min(run => run.Objective),10}{runs.Average(run => run.Objective),12:F1}"
                + $"{runs.Max(run => run.Bound),10}{runs.First().Best,10}{100 * runs.Average(run => run.Gap),9:F3}"
                + $"{runs.Average(run => run.Seconds),9:F1}"));
        }
        var gap = 100 * results.Average(result => result.Gap);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{results.Count} runs, mean gap {gap:F3} %, feasible {results.Count(result => result.Feasible)}"));
    }

    static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
