using System.Globalization;
using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Cli;

/// <summary>The commands of the scheduling engine. Results go to the output, progress and errors to the error
/// stream. Exit code 0: done; 1: the plan or model is not feasible; 2: the call or a file is wrong.</summary>
static class CommandLine
{
    const string Usage = """
        solve FILE [--format auto|jsp|fjsp|fjsp-setup|model] [--objective makespan|twt] [--due FILE]
                   [--seconds 60] [--workers 2] [--seed 1] [--clock wall|cpu] [--out plan.json]
            Plans a file and prints {"objective","lowerBound","gap","seconds","feasible","operations"}; a model file
            has its objective inside. --due: one line per job with due date and weight, or a line of all due dates
            and a line of all weights. --clock cpu counts the processor time of each worker instead of wall time.
        verify FILE plan.json [--format ...] [--objective makespan|twt] [--due FILE]
            Checks a plan and prints {"feasible","objective","violations"}.
        bench FOLDER [--best TABLE.csv] [--seconds 60] [--seeds 1] [--workers 2] [--out results.csv]
                     [--format ...] [--objective ...] [--clock wall|cpu]
            Solves every file of a folder and compares with the best known values (columns instance and ub; looked for
            as bks*.csv in the folder and those above it). What the result file has already is not done again.
        schema
            Prints the JSON schema of model files.
        """;

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var arguments = new Arguments(args);
            return arguments.Command switch
            {
                "solve" => SolveCommand.Run(arguments, output, error),
                "verify" => VerifyCommand.Run(arguments, output),
                "bench" => BenchCommand.Run(arguments, output, error),
                "schema" => Print(output, ModelFile.Schema()),
                _ => Fail(error, Usage),
            };
        }
        catch (ModelRefusedException refused)
        {
            foreach (var refusal in refused.Refusals) error.WriteLine(refusal);
            output.WriteLine("""{"feasible":false}""");
            return 1;
        }
        catch (Exception problem) when (problem is UsageException or IOException or FormatException
            or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            return Fail(error, problem.Message);
        }
    }

    static int Print(TextWriter output, string text)
    {
        output.WriteLine(text);
        return 0;
    }

    static int Fail(TextWriter error, string message)
    {
        error.WriteLine(message);
        return 2;
    }
}

/// <summary>The call is wrong.</summary>
sealed class UsageException(string message) : Exception(message);

/// <summary>A command, its files, and its options by name.</summary>
sealed class Arguments
{
    static readonly string[] Names =
        ["format", "objective", "due", "seconds", "workers", "seed", "seeds", "out", "best", "clock"];
    readonly Dictionary<string, string> _options = [];
    readonly List<string> _files = [];

    public Arguments(string[] args)
    {
        Command = args.Length == 0 ? "" : args[0];
        for (var i = 1; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) { _files.Add(args[i]); continue; }
            var name = args[i][2..];
            if (!Names.Contains(name)) throw new UsageException($"Unknown option --{name}.");
            if (++i == args.Length) throw new UsageException($"--{name} needs a value.");
            _options[name] = args[i];
        }
    }

    public string Command { get; }

    public string File(int index, string what) =>
        index < _files.Count ? _files[index] : throw new UsageException($"{Command} needs {what}.");

    public string? Option(string name) => _options.GetValueOrDefault(name);

    public string Option(string name, string[] allowed)
    {
        var value = _options.GetValueOrDefault(name, allowed[0]);
        return allowed.Contains(value) ? value
            : throw new UsageException($"--{name} is one of {string.Join(", ", allowed)}.");
    }

    public int Number(string name, int otherwise, int min = 1) => (int)Amount(name, otherwise, min);

    public double Amount(string name, double otherwise, double min)
    {
        if (!_options.TryGetValue(name, out var text)) return otherwise;
        var isNumber = double.TryParse(text, CultureInfo.InvariantCulture, out var value);
        return isNumber && value >= min && value <= int.MaxValue ? value
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--{name} is at least {min}."));
    }
}
