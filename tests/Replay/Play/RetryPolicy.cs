namespace Mes.Replay.Play;

/// <summary>
/// When a request is sent again, as a terminal does that keeps its entries while servers are away: every command
/// carries an id under which it is applied once, so sending it again is always safe.
/// </summary>
static class RetryPolicy
{
    /// <summary>How long one request is tried before the replay is given up.</summary>
    public static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(2);

    static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    /// <summary>True when sending the same request again may succeed; the other answers are final.</summary>
    public static bool IsPassing(Answer answer) => answer.Status switch
    {
        null => true,
        408 or 429 or 500 or 502 or 503 or 504 => true,
        409 => answer.Code == "changed-meanwhile",
        _ => false,
    };

    /// <summary>How long to wait before the next attempt, or null when the answer stands.</summary>
    /// <param name="answer">What came back.</param>
    /// <param name="attempt">Number of the attempt that it answers, from 1.</param>
    /// <param name="elapsed">Time since the first attempt began.</param>
    /// <param name="jitter">0 to 1, drawn anew each time: clients that failed together do not come back together.</param>
    public static TimeSpan? WaitAfter(Answer answer, int attempt, TimeSpan elapsed, double jitter)
    {
        if (!IsPassing(answer) || elapsed >= PatienceMax)
            return null;

        var doubled = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, attempt - 1), WaitMax.TotalSeconds);
        var wait = TimeSpan.FromSeconds(doubled * (0.5 + (jitter / 2)));
        var asked = answer.RetryAfter is { } time && time < WaitMax ? time : answer.RetryAfter is null ? TimeSpan.Zero : WaitMax;
        return wait > asked ? wait : asked;
    }
}
