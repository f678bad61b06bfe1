using System.Diagnostics;
using System.Globalization;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;

namespace Mes.Scheduling.Cli;

/// <summary>Solves a set of instances and compares with the best known values.</summary>
static class BenchCommand
{
    const string Header = "instance,seed,objective,lowerBound,bestKnown,gap,seconds,feasible";

    sealed record Result(string Instance, int Seed, long Objective, long Bound, long? Best, double Seconds,
        bool Feasible)
    {
        /// <summary>Distance above the best known value, as a share of it; above a best known zero there is
        /// none.</summary>
        public double? Gap => Best == Objective ? 0 : Best is > 0 ? Objective / (double)Best - 1 : null;

        public string ToCsv() => string.Create(CultureInfo.InvariantCulture,
            $"{Instance},{Seed},{Objective},{Bound},{Best},{Gap:F6},{Seconds:F2},{Feasible}");

        public static Result Parse(string line)
        {
            var cells = line.Split(',');
            if (cells.Length != 8) throw new FormatException($"{cells.Length} columns instead of 8.");
            return new Result(cells[0], (int)Number(cells[1]), Number(cells[2]), Number(cells[3]),
                cells[4] == "" ? null : Number(cells[4]),
                double.Parse(cells[6], CultureInfo.InvariantCulture), bool.Parse(cells[7]));
        }

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }

    public static int Run(Arguments arguments, Session session)
    {
        var set = arguments.File(0, "a folder or a table");
        if (!Directory.Exists(set) && !File.Exists(set))
            throw new UsageException($"{set} is neither a folder nor a table.");
        var cases = Directory.Exists(set) ? BenchCases.OfFolder(set, arguments, session)
            : BenchCases.OfDueTable(set, arguments);
        var file = arguments.Option("out");
        var results = file is not null ? Begin(file, session.Error) : [];
        var seeds = Enumerable.Range(1, arguments.Number("seeds", 1));
        var runs = cases.SelectMany(item => seeds.Select(seed => (item, seed)))
            .Where(run => !results.Any(done => done.Instance == run.item.Name && done.Seed == run.seed));
        foreach (var (item, seed) in runs.ToArray())
        {
            var result = Solve(item, seed, arguments, session);
            if (session.Cancel.IsCancellationRequested) break; // cut short: no result of its seconds
            results.Add(result);
            if (file is not null) File.AppendAllText(file, result.ToCsv() + "\n");
            session.Error.WriteLine(result.ToCsv());
        }
        Print(results, session.Output);
        return results.All(result => result.Feasible) ? 0 : 1;
    }

    /// <summary>The results that a file has already. A last line that was cut off while it was written is taken
    /// away, to be done again.</summary>
    static List<Result> Begin(string file, TextWriter error)
    {
        var text = File.Exists(file) ? File.ReadAllText(file) : "";
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        if (whole.Length < text.Length) error.WriteLine($"{file}: '{text[whole.Length..]}' was cut off; done again.");
        var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length > 0 && lines[0].TrimEnd('\r') != Header)
            throw new FormatException($"{file} is no result file: its first line is not {Header}. Give another --out.");
        if (lines.Length == 0 || whole.Length < text.Length)
            File.WriteAllText(file, lines.Length == 0 ? Header + "\n" : whole);
        return [.. lines.Skip(1).Select((line, index) => Parse(line, index + 2))];

        Result Parse(string line, int number)
        {
            try
            {
                return Result.Parse(line.TrimEnd('\r'));
            }
            catch (FormatException problem)
            {
                throw new FormatException($"{file}, line {number}, '{line}': {problem.Message} Remove the line.", problem);
            }
        }
    }

    static Result Solve(BenchCase item, int seed, Arguments arguments, Session session)
    {
        var watch = Stopwatch.StartNew();
        var model = item.Read();
        var compiled = model.Compile();
        var options = SolveCommand.Options(arguments, compiled.OperationCount, seed, watch.Elapsed) with
        {
            StopAt = item is { IsProved: true, Best: { } best } ? best : long.MinValue,
        };
        var plan = Optimizer.Solve(compiled, options, cancel: session.Cancel);
        var isFeasible = PlanVerifier.Verify(model, plan).Count == 0;
        return new Result(item.Name, seed, plan.Value.Levels[0], plan.Bound.Levels[0], item.Best,
            watch.Elapsed.TotalSeconds, isFeasible);
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
            $"{results.Count} runs, mean gap {gap:F3} %, feasible {results.Count(result => result.Feasible)}, "
            + $"at the best known value or better {results.Count(result => result.Objective <= result.Best)}"));
    }
}
