using System.Globalization;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Files;

namespace Mes.Scheduling.Cli;

/// <summary>The commands of the scheduling engine. Results go to the output, progress and errors to the error
/// stream. Exit code 0: done; 1: the plan or model is not feasible; 2: the call or a file is wrong.</summary>
static class CommandLine
{
    const string Usage = """
        solve FILE [--format auto|jsp|fjsp|fjsp-setup|model] [--objective makespan|twt] [--due FILE]
                   [--seconds 60] [--workers 2] [--seed 1] [--clock wall|cpu] [--out plan.json] [--repair] [--stream]
            Plans a file (- reads the input) and prints {"objective","lowerBound","gap","seconds","feasible",
            "operations"}; a model file has its objective inside. The seconds are those of the whole call. Ctrl-C ends
            it with the best plan so far. --repair begins from the model's baseline, --stream prints every better plan
            as a line for a parent process, which ends the search by closing the input; its seconds are those of the
            search alone.
        verify FILE plan.json [--format ...] [--objective makespan|twt] [--due FILE]
            Checks a plan and prints {"feasible","objective","violations"}.
        bench SET [--best TABLE.csv] [--seconds 60] [--seeds 1] [--workers 2] [--clock wall|cpu]
                  [--out results.csv] [--format ...]
            Solves a set several times and compares with the best known values, until an instance's proved optimum is
            found. SET is a folder, with a table (columns instance, ub, lb) that is looked for as bks*.csv in the
            folder and those above it; or a table with due dates and weights (columns instance, due_dates, weights),
            whose instances lie in the folders below it. What the result file has already is not done again.
        schema
            Prints the JSON schema of model files.
        """;

    public static int Run(string[] args, TextWriter output, TextWriter error) =>
        Run(args, new Session(TextReader.Null, output, error, TimeSpan.Zero, CancellationToken.None));

    public static int Run(string[] args, Session session)
    {
        var (output, error) = (session.Output, session.Error);
        try
        {
            var arguments = new Arguments(args);
            arguments.NoMoreThan(arguments.Command switch { "solve" or "bench" => 1, "schema" => 0, _ => 2 });
            return arguments.Command switch
            {
                "solve" => SolveCommand.Run(arguments, session),
                "verify" => VerifyCommand.Run(arguments, session),
                "bench" => BenchCommand.Run(arguments, session),
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
        catch (OperationCanceledException)
        {
            error.WriteLine("Cancelled before there was a plan.");
            output.WriteLine("""{"feasible":false}""");
            return 1;
        }
        catch (Exception problem) when (problem is UsageException or IOException or FormatException
            or UnauthorizedAccessException)
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
    static readonly string[] Flags = ["repair", "stream"];
    readonly Dictionary<string, string> _options = [];
    readonly List<string> _files = [];

    public Arguments(string[] args)
    {
        Command = args.Length == 0 ? "" : args[0];
        for (var i = 1; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) { _files.Add(args[i]); continue; }
            var name = args[i][2..];
            if (Flags.Contains(name)) { _options[name] = ""; continue; }
            if (!Names.Contains(name)) throw new UsageException($"Unknown option --{name}.");
            if (++i == args.Length) throw new UsageException($"--{name} needs a value.");
            _options[name] = args[i];
        }
    }

    public string Command { get; }

    /// <summary>Refuses files that the command does not ask for.</summary>
    /// <param name="most">How many it takes.</param>
    public void NoMoreThan(int most)
    {
        if (_files.Count > most) throw new UsageException($"{Command} does not take '{_files[most]}'.");
    }

    public string File(int index, string what) =>
        index < _files.Count && _files[index] != "" ? _files[index] : throw new UsageException($"{Command} needs {what}.");

    public bool Has(string flag) => _options.ContainsKey(flag);

    public string? Option(string name) => _options.GetValueOrDefault(name);

    public string Option(string name, IReadOnlyList<string> allowed)
    {
        var value = _options.GetValueOrDefault(name, allowed[0]);
        return allowed.Contains(value) ? value
            : throw new UsageException($"--{name} is one of {string.Join(", ", allowed)}, not '{value}'.");
    }

    public int Number(string name, int otherwise, int min = 1)
    {
        var amount = Amount(name, otherwise, min);
        return amount == Math.Floor(amount) ? (int)amount
            : throw new UsageException($"--{name} is a whole number, not {_options[name]}.");
    }

    public double Amount(string name, double otherwise, double min)
    {
        if (!_options.TryGetValue(name, out var text)) return otherwise;
        var isNumber = double.TryParse(text, CultureInfo.InvariantCulture, out var value);
        return isNumber && value >= min && value <= int.MaxValue ? value
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"--{name} is at least {min}, not '{text}'."));
    }
}
