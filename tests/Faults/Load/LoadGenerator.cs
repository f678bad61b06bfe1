using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Mes.Faults.Tests.Load;

/// <summary>
/// Mixed load through the public API from many clients at once. A share of the commands is sent two to five times: at once,
/// one after the other, or again later when others have come between.
/// </summary>
public sealed class LoadGenerator(MesApi api, Plant plant, Ledger ledger, int seed)
{
    const int Clients = 16;
    const double RepeatShare = 0.2;
    const double WorkShare = 0.05;
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    readonly ConcurrentQueue<SentCommand> _later = new();
    readonly ConcurrentBag<Guid> _undoable = [];
    readonly ConcurrentBag<(Guid Command, Guid Hold)> _holds = [];
    int _commands;
    int _orders;

    public int Commands => _commands;

    /// <summary>Runs until stopped or until so many commands were made; what is under way is finished.</summary>
    /// <param name="commandsMax">So many.</param>
    /// <param name="pace">What each client waits before a command.</param>
    /// <param name="stop">Stops it.</param>
    public Task Run(int commandsMax, TimeSpan pace, CancellationToken stop)
    {
        var last = (long)_commands + commandsMax;
        return Task.WhenAll(Enumerable.Range(0, Clients)
            .Select(client => RunClient(new Random(seed + client), last, pace, stop)));
    }

    async Task RunClient(Random random, long last, TimeSpan pace, CancellationToken stop)
    {
        await Task.Yield();
        var writer = new CommandWriter(plant, random);
        WorkLane? lane = null;
        while (!stop.IsCancellationRequested && Interlocked.Increment(ref _commands) <= last)
        {
            await Task.Delay(pace, CancellationToken.None);
            if (random.NextDouble() < RepeatShare && _later.TryDequeue(out var again))
            {
                await Once(again);
                continue;
            }
            if (lane is null or { IsOver: true } && random.NextDouble() < WorkShare) lane = writer.Work();
            var isOfWork = lane is { IsOver: false } && random.Next(2) == 0;
            var sent = ledger.Add(isOfWork ? lane!.Next() : Next(writer, random));
            await SendSometimesOften(sent, random);
            if (isOfWork && sent.Acknowledged is null) lane = null;     // what follows it would be another story
            if (sent.IsOpen)
            {
                await Task.Delay(Silence, CancellationToken.None);      // it is judged, and sent again, after the fault
            }
        }
    }

    Command Next(CommandWriter writer, Random random) => random.Next(100) switch
    {
        < 62 => writer.Report(),
        < 70 when _undoable.TryTake(out var report) => writer.Undo(report),
        < 78 => writer.Downtime(),
        < 84 => writer.Receipt(),
        < 92 => writer.Issue(),
        < 94 => writer.Hold(),
        < 96 when _holds.TryTake(out var hold) => writer.Release(hold.Command, hold.Hold),
        < 98 when _orders < 20 => writer.CreateOrder(Interlocked.Increment(ref _orders)),
        98 when plant.Orders.Count > 6 => writer.CloseOrder(),
        _ => writer.Report()
    };

    async Task SendSometimesOften(SentCommand sent, Random random)
    {
        if (random.NextDouble() >= RepeatShare)
        {
            await Once(sent);
            return;
        }
        var times = random.Next(2, 6);
        if (random.Next(2) == 0)
        {
            await Task.WhenAll(Enumerable.Range(0, times).Select(_ => Once(sent)));
        }
        else
        {
            await Once(sent);
            for (var repeat = 2; repeat < times; repeat++)
            {
                await Once(sent);
            }
            _later.Enqueue(sent);
        }
    }

    /// <summary>Sends again what got no final answer, until it has one.</summary>
    public Task Settle(CancellationToken ct) => Parallel.ForEachAsync(
        ledger.Open.ToList(), new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = ct },
        async (open, stop) =>
        {
            while (open.IsOpen)
            {
                stop.ThrowIfCancellationRequested();
                await Once(open);
                if (open.IsOpen)
                {
                    await Task.Delay(Silence, stop);
                }
            }
        });

    async Task Once(SentCommand sent)
    {
        var wasAcknowledged = sent.Acknowledged is not null;
        var answer = await api.Send(sent.Command);
        ledger.Note(sent, answer, wasAcknowledged);
        if (answer.IsAcknowledged && !wasAcknowledged)
        {
            Learn(sent.Command, answer);
        }
    }

    // Two answers to one command may both come here: what is learned twice is used twice, and refused the second time.
    void Learn(Command command, Answer answer)
    {
        switch (command.Effect)
        {
            case Reported:
                _undoable.Add(command.Id);
                break;
            case Held:
                _holds.Add((command.Id, (Guid)JsonNode.Parse(answer.Body)!["id"]!));
                break;
            case Ordered:
                plant.Know(JsonNode.Parse(answer.Body)!);
                break;
        }
    }
}
