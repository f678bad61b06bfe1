using System.Collections.Concurrent;

namespace Mes.Replay.Play;

/// <summary>How a play ended.</summary>
/// <param name="Actions">How many steps there were.</param>
/// <param name="Refusals">What the API refused, in the order in which it did.</param>
/// <param name="Elapsed">Wall time, master data included.</param>
sealed record Played(int Actions, IReadOnlyList<string> Refusals, TimeSpan Elapsed);

/// <summary>Plays a plan through the public API, as ERP and terminals would.</summary>
sealed class Player(MesClient mes, ReplayPlan plan, TimeProvider clock)
{
    /// <summary>Requests under way at most.</summary>
    public const int AtOnceMax = 16;

    static readonly TimeSpan KnownPeriod = TimeSpan.FromMilliseconds(200);

    readonly Commands _commands = plan.Commands;
    readonly ConcurrentDictionary<string, Guid> _signOns = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string OrderId, string Activity), Guid> _operations = new();
    readonly ConcurrentQueue<string> _refusals = new();
    int _done;

    /// <summary>Sends master data, plays every step, and signs the workers off.</summary>
    /// <exception cref="RefusedException">Master data was refused: nothing was played.</exception>
    /// <exception cref="OutageException">The gateway was away for too long.</exception>
    public async Task<Played> Play(CancellationToken ct)
    {
        var started = clock.GetTimestamp();
        await using var progress = Progress.Show(() =>
            $"played {Progress.Share(_done, plan.Actions.Count, clock.GetElapsedTime(started))}{Setbacks()}");
        await SendMasterData(ct);
        await new Lanes(plan.InSequence, AtOnceMax).Play(plan.Actions, PlayOrNote, ct);
        await AtOnce(plan.Presences, (presence, token) =>
            mes.Send(_commands.SignOff(presence, _signOns[presence.Worker]), token), ct);
        return new Played(plan.Actions.Count, [.. _refusals], clock.GetElapsedTime(started));
    }

    async Task SendMasterData(CancellationToken ct)
    {
        var master = plan.Master;
        await AtOnce(master.Parts.Select(_commands.Product), mes.Send, ct);
        await AtOnce(master.Orders.Select(order => order.Blank.MaterialId).Distinct().Select(_commands.Blank), mes.Send, ct);
        await AtOnce(master.Equipment.Select(_commands.EquipmentUnit), mes.Send, ct);
        await AtOnce(master.Workers.Select(_commands.Person), mes.Send, ct);
        await UntilKnown(master.Workers.Select(worker => Codes.Clean(worker.Id)), ct);
        await AtOnce(master.Workers.Select(_commands.Skills), mes.Send, ct);
        await AtOnce(master.Orders.Select(_commands.Routing), mes.Send, ct);
        await AtOnce(plan.Presences, SignOn, ct);
    }

    /// <summary>
    /// Identity tells WorkOrders of people. Who is not known there in good time is refused when skills are set.
    /// </summary>
    async Task UntilKnown(IEnumerable<string> workers, CancellationToken ct)
    {
        var unknown = workers.ToHashSet(StringComparer.Ordinal);
        for (var began = clock.GetTimestamp(); ;)
        {
            unknown.ExceptWith((await mes.All<Coded>("work-orders/operators?", ct)).Select(known => known.Code));
            if (unknown.Count == 0 || clock.GetElapsedTime(began) > RetryPolicy.PatienceMax)
                return;
            await Task.Delay(KnownPeriod, clock, ct);
        }
    }

    async Task SignOn(WorkerPresence presence, CancellationToken ct)
    {
        var signOn = await mes.Send<Identified>(_commands.SignOn(presence), ct);
        _signOns[presence.Worker] = signOn.Id;
    }

    async Task PlayOrNote(ReplayAction action, CancellationToken ct)
    {
        try
        {
            await Play(action, ct);
        }
        catch (RefusedException refused)
        {
            _refusals.Enqueue(refused.Message);
        }

        Interlocked.Increment(ref _done);
    }

    Task Play(ReplayAction action, CancellationToken ct) => action switch
    {
        ReleaseOrder release => Release(release.Order, ct),
        IssueBlank issue => Issue(issue, ct),
        ReportProduction report => Report(report.Row, ct),
        ReportDowntime downtime => mes.Send(_commands.Downtime(downtime.Row), ct),
        FinishOrder finish => mes.Send(_commands.Close(finish), ct),
        _ => throw new InvalidOperationException($"No way to play {action.GetType().Name}."),
    };

    async Task Release(OrderMaster order, CancellationToken ct)
    {
        await mes.Send(_commands.ReceiveBlank(order), ct);
        var taken = await mes.Send<TakenOrder>(_commands.Order(order), ct);
        var ids = taken.Operations.ToDictionary(operation => operation.Code, operation => operation.Id);
        foreach (var operation in order.Route)
            _operations[(order.Id, operation.Activity)] = ids[Codes.Clean(operation.Activity)];
    }

    Task Issue(IssueBlank issue, CancellationToken ct) => mes.Send(_commands.IssueBlank(issue), ct);

    Task Report(LogRow row, CancellationToken ct)
    {
        if (_operations.TryGetValue((row.OrderId, row.Activity), out var operationId))
            return mes.Send(_commands.Report(row, operationId, _signOns[row.Worker]), ct);
        _refusals.Enqueue($"line {row.Line}: not sent, because its order {row.OrderId} was refused");
        return Task.CompletedTask;
    }

    static Task AtOnce<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> send, CancellationToken ct) =>
        Parallel.ForEachAsync(
            items,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = ct },
            async (item, token) => await send(item, token));

    string Setbacks() => mes.Setbacks.Count == 0
        ? ""
        : ", tried again: " + string.Join(", ", mes.Setbacks.Select(pair => $"{pair.Value} × {pair.Key}"));

    sealed record Identified(Guid Id);

    sealed record Coded(string Code);

    sealed record TakenOrder(IReadOnlyList<TakenOperation> Operations);

    sealed record TakenOperation(Guid Id, string Code);
}
