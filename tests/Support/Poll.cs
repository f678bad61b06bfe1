using System.Diagnostics;

namespace Mes.Tests.Support;

/// <summary>Waits for a condition, with a bound. The only place in the tests that lets time pass.</summary>
public static class Poll
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again until the condition holds.</summary>
    /// <param name="condition">The question; one that throws counts as not yet, and is told when the bound is reached.</param>
    /// <param name="bound">How long it may take.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <exception cref="TimeoutException">It did not hold within the bound.</exception>
    public static async Task Until(Func<Task<bool>> condition, TimeSpan bound, string what)
    {
        var waited = Stopwatch.StartNew();
        Exception? last;
        do
        {
            try
            {
                if (await condition()) return;
                last = null;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                last = failure;
            }

            await Task.Delay(Period);
        }
        while (waited.Elapsed < bound);

        throw new TimeoutException($"{what}: not within {bound.TotalSeconds} s" + (last is null ? "" : $" ({last.Message})"),
            last);
    }

    /// <inheritdoc cref="Until(Func{Task{bool}}, TimeSpan, string)"/>
    public static Task Until(Func<bool> condition, TimeSpan bound, string what) =>
        Until(() => Task.FromResult(condition()), bound, what);
}
