namespace Mes.Faults.Tests.Audit;

/// <summary>Something that is not as the auditor's own model says.</summary>
/// <param name="Invariant">I1 … I11.</param>
/// <param name="What">What was looked at.</param>
/// <param name="Expected">By the model.</param>
/// <param name="Actual">By the services.</param>
public sealed record Finding(string Invariant, string What, string Expected, string Actual)
{
    public override string ToString() => $"{Invariant} {What}: expected {Expected}, is {Actual}";
}

/// <summary>Collects findings.</summary>
sealed class Findings
{
    /// <summary>What was expected where nothing could be read.</summary>
    public const string AnAnswer = "an answer";

    readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public void Equal<T>(string invariant, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            _all.Add(new Finding(invariant, what, $"{expected}", $"{actual}"));
        }
    }

    public void Same<T>(string invariant, string what, IEnumerable<T> expected, IEnumerable<T> actual)
    {
        var (wanted, found) = (expected.ToList(), actual.ToList());
        var missing = wanted.Except(found).ToList();
        var extra = found.Except(wanted).ToList();
        if (missing.Count > 0 || extra.Count > 0 || wanted.Count != found.Count)
        {
            _all.Add(new Finding(invariant, what, $"{wanted.Count} items, each once",
                $"{found.Count}; missing {Some(missing)}, too many {Some(extra)}"));
        }
    }

    /// <summary>Makes a check; what cannot even be read is a finding too.</summary>
    public async Task Try(string invariant, string what, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or KeyNotFoundException)
        {
            _all.Add(new Finding(invariant, what, AnAnswer, failure.Message));
        }
    }

    static string Some<T>(List<T> items) => $"{items.Count} [{string.Join(", ", items.Take(5))}]";
}
