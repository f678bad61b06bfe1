namespace Mes.Api.Tests;

/// <summary>How two texts differ, line by line.</summary>
static class Difference
{
    const int LookAhead = 200;
    const int LinesMax = 60;

    /// <summary>The first differences, lines as <c>12: - gone</c> and <c>12: + new</c>; none where the texts are equal.</summary>
    public static string Between(string before, string after) =>
        string.Join('\n', Lines(Lines(before), Lines(after)).Take(LinesMax));

    static List<string> Lines(string[] old, string[] now)
    {
        var found = new List<string>();
        var (i, j) = (0, 0);
        while ((i < old.Length || j < now.Length) && found.Count < LinesMax)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }
            var (gone, added) = Step(old.AsSpan(i), now.AsSpan(j));
            found.AddRange(old.Skip(i).Take(gone).Select((line, at) => $"{i + at + 1}: - {line}"));
            found.AddRange(now.Skip(j).Take(added).Select((line, at) => $"{j + at + 1}: + {line}"));
            (i, j) = (i + gone, j + added);
        }
        return found;
    }

    /// <summary>How many lines of each side to pass over until both go on alike, the fewest.</summary>
    static (int Gone, int Added) Step(ReadOnlySpan<string> old, ReadOnlySpan<string> now)
    {
        for (var together = 1; together <= LookAhead; together++)
        {
            for (var gone = Math.Min(together, old.Length); gone >= 0 && together - gone <= now.Length; gone--)
            {
                var added = together - gone;
                if (gone < old.Length && added < now.Length ? old[gone] == now[added] : gone == old.Length && added == now.Length)
                    return (gone, added);
            }
        }
        return (Math.Min(LookAhead, old.Length), Math.Min(LookAhead, now.Length));
    }

    static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimEnd('\n').Split('\n');
}
