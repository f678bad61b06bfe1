using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Files;

/// <summary>Due dates and weights of the jobs, beside an instance.</summary>
public static class DueFile
{
    /// <summary>The model with the due dates and weights of a file: one line per job with due date and weight, the
    /// job's number before them or not; or one line of all due dates and one of all weights. Numbers are separated by
    /// blanks, commas or semicolons; a first line without any number is a header.</summary>
    /// <exception cref="FormatException">It does not have a due date for each job.</exception>
    public static SchedulingModel Apply(SchedulingModel model, string file)
    {
        var text = File.ReadAllText(file).TrimStart('\uFEFF').Replace(',', ' ').Replace(';', ' ');
        var lines = InstanceFile.Numbers(WithoutHeader(text), file);
        var count = model.Jobs.Count;
        if (lines.Length == count && IsNumbered(lines)) lines = [.. lines.Select(line => line[1..])];
        var isByJob = lines.Length == count && lines.All(line => line.Length is 1 or 2);
        if (!isByJob && !(lines.Length is 1 or 2 && lines.All(line => line.Length == count)))
            throw new FormatException($"{file}: neither {count} lines of due and weight nor two lines of {count}.");
        return isByJob
            ? Apply(model, [.. lines.Select(line => line[0])],
                [.. lines.Select(line => line.Length == 2 ? line[1] : 1)])
            : Apply(model, lines[0], lines.Length == 2 ? lines[1] : [.. Enumerable.Repeat(1, count)]);
    }

    /// <summary>The model with these due dates and weights, one per job.</summary>
    public static SchedulingModel Apply(SchedulingModel model, int[] due, int[] weight) => model with
    {
        Jobs = [.. model.Jobs.Select((job, j) => job with { DueSeconds = due[j], Weight = weight[j] })],
    };

    static string WithoutHeader(string text)
    {
        var first = text.AsSpan().TrimStart().ToString().Split('\n', 2);
        return first[0].Any(char.IsAsciiLetter) && !first[0].Any(char.IsAsciiDigit) ? first.ElementAtOrDefault(1) ?? ""
            : text;
    }

    static bool IsNumbered(int[][] lines) => lines.All(line => line.Length == 3)
        && lines.Select((line, row) => line[0] - row).Distinct().Count() == 1 && lines[0][0] is 0 or 1;
}
