namespace Mes.Replay.Play;

/// <summary>The API refused a request for good: sending it again would not help.</summary>
sealed class RefusedException(string what, Answer answer) : Exception($"{what}: {answer}")
{
    public string What => what;

    public Answer Answer => answer;
}

/// <summary>No usable answer came for as long as <see cref="RetryPolicy.PatienceMax"/>: the replay cannot go on.</summary>
sealed class OutageException(string what, Answer answer)
    : Exception($"{what}: no success within {RetryPolicy.PatienceMax.TotalMinutes:0} minutes, at last {answer}");
