namespace Mes.Demo.Generation;

/// <summary>Sends many requests, some at once.</summary>
static class Many
{
    const int AtOnceMax = 8;

    /// <summary>Does it for each; the first failure ends it.</summary>
    public static Task Each<T>(IEnumerable<T> all, Func<T, Task> what) => Parallel.ForEachAsync(
        all, new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax }, (one, _) => new(what(one)));
}
