using System.Diagnostics;

namespace Mes.Scheduling.Cli;

/// <summary>What a command talks to, and how long it has been at work.</summary>
/// <param name="Input">Model files from <c>-</c>; its end cancels where a parent process listens.</param>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress, and what is wrong.</param>
/// <param name="Spent">Wall time since the process began, for limits that count all of it.</param>
/// <param name="Cancel">Ends a search; the best plan so far counts.</param>
sealed record Session(TextReader Input, TextWriter Output, TextWriter Error, TimeSpan Spent, CancellationToken Cancel)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();

    public TimeSpan Elapsed => Spent + _watch.Elapsed;
}
