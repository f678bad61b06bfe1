using Mes.Demo.Plant;

namespace Mes.Demo.History;

/// <summary>Plays what happened on the floor until a demo begins: pure, the same for the same seed and time.</summary>
static class FloorPlay
{
    /// <summary>The week that is looked at, and two days in which the floor fills up.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromDays(9);

    static readonly TimeSpan Transport = TimeSpan.FromMinutes(20);

    /// <summary>Plays it.</summary>
    /// <param name="seed">What it is drawn from.</param>
    /// <param name="until">When the demo begins.</param>
    public static FloorHistory Play(Seed seed, DateTimeOffset until)
    {
        var from = until - Length;
        var shifts = new ShiftPlan(until);
        var orders = OrderBook.Of(seed, from, until);
        var stores = new Stores(orders, seed.Dice("lots"), from);
        var machines = Floor.Units.ToDictionary(
            unit => unit.Code, unit => new Machine(unit.Code, shifts, seed.Dice("machine", unit.Code), from, until));
        var reports = new List<Report>();
        var endedShort = new List<Order>();

        // Whatever is ready first is begun first, on the machine that is free first
        var waiting = new PriorityQueue<(Order Order, int Step, int Pieces), (DateTimeOffset Ready, string Order)>();
        foreach (var order in orders.Where(order => order.Fate is Fate.Floor or Fate.Short or Fate.OnHold))
        {
            waiting.Enqueue((order, 0, order.Begun), (order.ReleaseAt, order.Number));
        }
        while (waiting.TryDequeue(out var job, out var ready))
        {
            var step = job.Order.Product.Steps[job.Step];
            var machine = step.Equipment.Select(code => machines[code]).MinBy(known => known.FreeAt)!;
            if (ready.Ready >= until || machine.FreeAt >= until || !HasParts(job.Order, step)) continue;
            var made = machine.Run(job.Order, step, ready.Ready, job.Pieces, stores);
            reports.AddRange(made);
            var good = made.Sum(report => report.Good);
            var handled = good + made.Sum(report => report.Scrap + report.Nonconforming);
            if (handled == job.Pieces && step.IsLast && good < job.Order.Quantity) endedShort.Add(job.Order);
            if (handled == job.Pieces && job.Step + 1 < job.Order.Product.Steps.Count && good > 0)
            {
                waiting.Enqueue((job.Order, job.Step + 1, good), (made[^1].Time.End + Transport, job.Order.Number));
            }
        }
        return new(until, orders, stores.Receipts, [.. reports.OrderBy(report => report.Time.End)],
            [.. machines.Values.SelectMany(machine => machine.Stops).Where(stop => stop.Time.Start < until)
                .OrderBy(stop => stop.Time.Start)], endedShort);

        bool HasParts(Order order, Step step) => !step.IsAssembly
            || order.Product.Parts.All(part => stores.Receipts.Any(receipt => receipt.Material.Code == part.Material));
    }
}
