namespace Mes.Replay.Play;

/// <summary>
/// Plays actions in their order, some at once. Actions of one order follow each other; without
/// <paramref name="inSequence"/> only its release comes before, and its end after, all others.
/// </summary>
/// <param name="inSequence">Whether each action of an order waits for the one before.</param>
/// <param name="atOnceMax">How many actions are under way at most, &gt; 0.</param>
sealed class Lanes(bool inSequence, int atOnceMax)
{
    readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>
    /// Plays all. An action begins only when all before it have begun: who waits, waits for earlier ones, so that
    /// nobody waits forever. The first exception ends the play and is thrown.
    /// </summary>
    public async Task Play(
        IEnumerable<ReplayAction> actions, Func<ReplayAction, CancellationToken, Task> play, CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var slots = new SemaphoreSlim(atOnceMax);
        var under = new List<Task>();
        try
        {
            foreach (var action in actions)
            {
                await slots.WaitAsync(ending.Token);
                under.Add(Begin(action, Run));
            }
        }
        catch (OperationCanceledException)
        {
            // Whatever ended the play is thrown by what was under way
        }

        await Task.WhenAll(under);
        ct.ThrowIfCancellationRequested();

        async Task Run(ReplayAction action, Task before)
        {
            try
            {
                await before;
                await play(action, ending.Token);
            }
            catch
            {
                await ending.CancelAsync();
                throw;
            }
            finally
            {
                slots.Release();
            }
        }
    }

    Task Begin(ReplayAction action, Func<ReplayAction, Task, Task> run)
    {
        var lane = _lanes.GetValueOrDefault(action.OrderId) ?? new Lane(Task.CompletedTask, Task.CompletedTask);
        var begun = run(action, inSequence || action is FinishOrder ? lane.All : lane.Released);
        _lanes[action.OrderId] = new Lane(
            action is ReleaseOrder ? begun : lane.Released, Task.WhenAll(lane.All, begun));
        return begun;
    }

    sealed record Lane(Task Released, Task All);
}
