using System.Globalization;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Files;

/// <summary>Reads the usual benchmark layouts, and model files. Ids are <c>J0</c>, <c>J0.0</c> and <c>M0</c>, counted
/// from 0 in the order of the file.</summary>
public static class InstanceFile
{
    const int MachinesMax = 1_000_000;

    /// <summary>The names of the layouts; <c>auto</c> tells the others apart by what they look like.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["auto", "jsp", "fjsp", "fjsp-setup", "model"];

    /// <summary>The model of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its name, for what is wrong with it.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="isModelFile">True if it has its own objective and ids.</param>
    /// <exception cref="FormatException">It is not in the format; says what and where.</exception>
    public static SchedulingModel Parse(string text, string file, string format, out bool isModelFile)
    {
        isModelFile = format == "model" || (format == "auto" && text.AsSpan().TrimStart().StartsWith("{"));
        if (isModelFile) return ModelFile.Read(text);
        var lines = Numbers(text, file);
        if (lines.Length < 2 || lines[0].Length < 2)
            throw new FormatException($"{file}: no line of jobs and machines.");
        var (jobs, machines) = (lines[0][0], lines[0][1]);
        if (jobs < 1 || machines is < 1 or > MachinesMax || lines.Length <= jobs)
            throw new FormatException($"{file}: {jobs} jobs on {machines} machines in {lines.Length} lines.");
        var rows = lines[1..(jobs + 1)];
        var (name, rest) = (format == "auto" ? Detect(lines, jobs) : format, lines.Length - jobs - 1);
        if (name != "fjsp-setup" && rest > 0)
            throw new FormatException($"{file}: {rest} lines follow the {jobs} jobs. Setup times need the format fjsp-setup.");
        try
        {
            return name switch
            {
                "jsp" => Build(machines, [.. rows.Select(JobShopLine)], firstMachine: 0),
                "fjsp" => Build(machines, [.. rows.Select(FlexibleLine)], firstMachine: 0),
                _ => WithSetups(machines, [.. rows.Select(FlexibleLine)],
                    [.. lines[(jobs + 1)..].SelectMany(line => line)]),
            };
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{file}, read as {name}: {problem.Message}", problem);
        }
    }

    /// <summary>Matrices below the jobs mean setups; a first number that counts what follows, a flexible
    /// shop.</summary>
    static string Detect(int[][] lines, int jobs)
    {
        if (lines.Length > jobs + 1) return "fjsp-setup";
        return lines.Skip(1).All(IsFlexible) ? "fjsp" : "jsp";
    }

    static bool IsFlexible(int[] line)
    {
        if (line[0] < 0) return false;
        var at = 1;
        for (var i = 0; i < line[0]; i++)
        {
            if (at >= line.Length || line[at] < 1 || line[at] > line.Length) return false;
            at += 1 + 2 * line[at];
        }
        return at == line.Length;
    }

    static (int Machine, int Seconds)[][] JobShopLine(int[] line, int job)
    {
        if (line.Length % 2 != 0)
            throw new FormatException($"job {job} has {line.Length} numbers. Give pairs: machine and duration.");
        return [.. line.Chunk(2).Select(pair => new[] { (pair[0], pair[1]) })];
    }

    static (int Machine, int Seconds)[][] FlexibleLine(int[] line, int job)
    {
        if (!IsFlexible(line))
            throw new FormatException($"the {line.Length} numbers of job {job} are not what its counts say. "
                + "Give the number of operations, then per operation the number of machines and pairs: machine and duration.");
        var at = 1;
        return [.. Enumerable.Range(0, line[0]).Select(_ =>
        {
            var count = line[at++];
            var pairs = line[at..(at + 2 * count)];
            at += 2 * count;
            return pairs.Chunk(2).Select(pair => (pair[0], pair[1])).ToArray();
        })];
    }

    /// <param name="machines">How many there are.</param>
    /// <param name="routings">Per job and operation the machines that can do it, as the file numbers them.</param>
    /// <param name="firstMachine">The number of the file's first machine.</param>
    static SchedulingModel Build(int machines, (int Machine, int Seconds)[][][] routings, int firstMachine)
    {
        var jobs = routings.Select((routing, j) => new Job($"J{j}", [.. routing.Select((alternatives, o) =>
            new Operation($"J{j}.{o}", [.. alternatives.Select(item => Alternative(item, j))]))])).ToArray();
        return new SchedulingModel
        {
            Equipment = [.. Enumerable.Range(0, machines).Select(machine => new Engine.Model.Equipment($"M{machine}"))],
            Jobs = jobs,
            Precedences = [.. jobs.SelectMany(job => Precedence.Chain(job.Operations))],
        };

        Alternative Alternative((int Machine, int Seconds) item, int job)
        {
            var machine = (long)item.Machine - firstMachine;
            return machine >= 0 && machine < machines ? new($"M{machine}", item.Seconds) : throw new FormatException(
                $"job {job} names machine {item.Machine}. Give one from {firstMachine} to {firstMachine + machines - 1}.");
        }
    }

    /// <summary>Per machine a square matrix, over all operations or over the jobs.</summary>
    static SchedulingModel WithSetups(int machines, (int Machine, int Seconds)[][][] routings, int[] numbers)
    {
        var model = Build(machines, routings, firstMachine: 1);
        var operations = routings.Sum(routing => routing.Length);
        var isByJob = numbers.Length == (long)machines * routings.Length * routings.Length;
        var size = isByJob ? routings.Length : operations;
        if (numbers.Length != (long)machines * size * size)
            throw new FormatException($"{numbers.Length} setup times are not {machines} matrices of jobs or operations.");
        var next = 0;
        return model with
        {
            Equipment = [.. model.Equipment.Select((item, k) => item with
            {
                Setup = Matrix(size, numbers.AsSpan(k * size * size, size * size)),
            })],
            Jobs = [.. model.Jobs.Select((job, j) => job with
            {
                Operations = [.. job.Operations.Select(item =>
                    item with { SetupFamily = $"{(isByJob ? j : next++)}" })],
            })],
        };
    }

    static SetupMatrix Matrix(int size, ReadOnlySpan<int> numbers)
    {
        var rows = new IReadOnlyList<int>[size];
        for (var row = 0; row < size; row++) rows[row] = numbers.Slice(row * size, size).ToArray();
        return new SetupMatrix([.. Enumerable.Range(0, size).Select(family => $"{family}")], rows);
    }

    internal static int[][] Numbers(string text, string file)
    {
        try
        {
            return [.. text.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 0)
                .Select((words, row) => words.Select((word, column) => Number(word, row, column)).ToArray())];
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{file}: {problem.Message}", problem);
        }
    }

    /// <summary>Whole numbers only, but for the average flexibility that some files name third in the first
    /// line.</summary>
    static int Number(string word, int row, int column)
    {
        if (int.TryParse(word, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)) return value;
        if (row == 0 && column == 2) return 0;
        throw new FormatException($"'{word}' is not a whole number that fits 32 bits.");
    }
}
