using Mes.Faults.Tests.Load;

namespace Mes.Benchmarks;

/// <summary>
/// Work as a shift reports it: in the order of time, no operation ahead of the one before it. A sixth is setup, a tenth has
/// scrap, a fiftieth sets pieces aside for Quality; the first operation uses up blanks.
/// </summary>
sealed class Shift(Plant plant)
{
    static readonly TimeSpan Step = TimeSpan.FromSeconds(2);     // between two reports, by the plant's clock
    readonly Dictionary<Guid, int> _waiting = [];       // good pieces before an operation
    readonly Lock _lock = new();
    int _reports;

    /// <summary>The next report, of any operation that has pieces to work on.</summary>
    public Command Next(Random random)
    {
        var pieces = random.Next(12) < 2 ? 0 : random.Next(1, 6);
        var operation = Take(plant.Orders[random.Next(plant.Orders.Count)], pieces, random);
        var scrap = pieces > 0 && random.Next(10) == 0 ? 1 : 0;
        var aside = pieces > scrap && random.Next(50) == 0 ? 1 : 0;
        var work = new Reported(operation, plant.Machine(operation.Step, random), IsSetup: pieces == 0, random.Next(1, 5),
            pieces - scrap - aside, scrap, aside, operation.Step == 0 ? pieces : 0);
        var endedAt = plant.Begin + (Step * Interlocked.Increment(ref _reports));
        return new CommandWriter(plant, random).Report(work, endedAt.AddMinutes(-(double)work.Minutes));
    }

    /// <summary>Has the next operation go on with what was acknowledged.</summary>
    public void Done(Reported work)
    {
        if (work.Operation.Step + 1 < work.Operation.Order.Operations.Count)
        {
            lock (_lock)
            {
                var next = work.Operation.Order.Operations[work.Operation.Step + 1].Id;
                _waiting[next] = _waiting.GetValueOrDefault(next) + (int)work.Good;
            }
        }
    }

    PlantOperation Take(PlantOrder order, int pieces, Random random)
    {
        lock (_lock)
        {
            var step = random.Next(order.Operations.Count);
            while (step > 0 && _waiting.GetValueOrDefault(order.Operations[step].Id) < pieces)
            {
                step--;
            }
            var operation = order.Operations[step];
            if (step > 0 && pieces > 0) _waiting[operation.Id] -= pieces;
            return operation;
        }
    }
}
