using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Mes.Messaging;

/// <summary>
/// Works off what waits, one batch after the other: whatever comes while one is worked on is the next. Where one takes
/// long, the next begins beside it, up to some at a time.
/// </summary>
/// <param name="batchMax">At most so many in one batch.</param>
/// <param name="atOnceMax">At most so many batches at a time.</param>
/// <param name="work">Works on a batch; never throws.</param>
/// <param name="clock">Tells what takes long.</param>
[SuppressMessage("Design", "CA1001", Justification = "Its semaphore has no handle; it lives as long as its queue.")]
sealed class Lane<T>(int batchMax, int atOnceMax, Func<List<T>, Task> work, TimeProvider clock)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    readonly ConcurrentQueue<T> _waiting = new();
    readonly SemaphoreSlim _places = new(atOnceMax);
    int _isWorkedOff;

    public void Add(T item)
    {
        _waiting.Enqueue(item);
        if (Interlocked.Exchange(ref _isWorkedOff, 1) == 0)
        {
            _ = Task.Run(WorkOff);
        }
    }

    async Task WorkOff()
    {
        do
        {
            while (!_waiting.IsEmpty)
            {
                await _places.WaitAsync();
                await WorkOn(Take()).WaitAsync(Patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            Interlocked.Exchange(ref _isWorkedOff, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.Exchange(ref _isWorkedOff, 1) == 0);
    }

    async Task WorkOn(List<T> batch)
    {
        try
        {
            if (batch.Count > 0)
            {
                await work(batch);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    List<T> Take()
    {
        var batch = new List<T>();
        while (batch.Count < batchMax && _waiting.TryDequeue(out var item))
        {
            batch.Add(item);
        }
        return batch;
    }
}
