using Mes.Demo.Api;
using Mes.Demo.Plant;
using Mes.Demo.Work;

namespace Mes.Demo.Live;

/// <summary>
/// Keeps the plant alive through the public API, one request after the other: what cannot be sent in time is not sent later.
/// With one seed it decides alike wherever it is answered alike.
/// </summary>
sealed class Simulator
{
    const double FailureProbability = 0.05;
    const int Undecided = 4;
    static readonly TimeSpan InspectedAfter = TimeSpan.FromMinutes(25);
    static readonly TimeSpan DecidedAfter = TimeSpan.FromMinutes(90);

    readonly MesApi _api;
    readonly PlantClock _clock;
    readonly Action<string> _say;
    readonly Crew _crew;
    readonly Office _office;
    readonly Inspector _inspector;
    readonly IReadOnlyList<LiveMachine> _machines;
    readonly HashSet<string> _told = [];
    readonly Cadence _quality = new(TimeSpan.FromMinutes(5));
    readonly Cadence _orders = new(TimeSpan.FromMinutes(10));
    readonly Cadence _ends = new(TimeSpan.FromMinutes(40));
    readonly Cadence _buying = new(TimeSpan.FromMinutes(60));

    /// <param name="api">The API.</param>
    /// <param name="seed">What it decides by.</param>
    /// <param name="clock">The plant's time.</param>
    /// <param name="shifts">Who works when.</param>
    /// <param name="say">Tells what was refused, once per kind.</param>
    public Simulator(MesApi api, Seed seed, PlantClock clock, ShiftPlan shifts, Action<string> say)
    {
        (_api, _clock, _say) = (api, clock, say);
        _crew = new Crew(api, clock, shifts);
        _office = new Office(api, clock, seed.Dice("office"));
        _inspector = new Inspector(api, seed);
        var lists = new WorkLists(api, operation => _machines!.Any(machine => machine.Operation == operation));
        _machines = [.. Floor.Units.Select(unit =>
            new LiveMachine(unit.Code, api, clock, _crew, lists, seed.Dice("live", unit.Code)))];
    }

    /// <summary>Lives until it is ended.</summary>
    public async Task Run(CancellationToken stop)
    {
        for (; ; await Task.Delay(_clock.Look, stop))
        {
            var step = _clock.Step();
            await Try(() => _crew.Change(step, () => EndWork(stop), stop));
            foreach (var machine in _machines) await Try(() => machine.Live(step, stop));
            if (_quality.IsDue(step)) await Try(() => Inspect(stop));
            if (_orders.IsDue(step)) await Try(() => _office.Orders(stop));
            if (_ends.IsDue(step)) await Try(() => _office.CloseShort(stop));
            if (_buying.IsDue(step)) await Try(() => _office.Buy(stop));
        }
    }

    async Task EndWork(CancellationToken ct)
    {
        foreach (var machine in _machines) await Try(() => machine.Leave(ct));
    }

    async Task Inspect(CancellationToken ct)
    {
        var open = await _api.Get("quality/inspections?status=Open&size=50", ct);
        foreach (var inspection in open.Items().Where(one => IsOlder(one.Time("openedAt"), InspectedAfter)))
        {
            await Try(() => _inspector.Inspect(inspection, FailureProbability, ct));
        }
        var found = (await _api.All("quality/nonconformances?status=Open", ct)).Where(one => one.Number("undecided") > 0);
        foreach (var one in found.OrderByDescending(one => one.Text("number"), StringComparer.Ordinal).Skip(Undecided)
            .Where(one => IsOlder(one.Time("openedAt"), DecidedAfter)))
        {
            await Try(() => _inspector.Dispose(one, ct));
        }
    }

    bool IsOlder(DateTimeOffset time, TimeSpan plantTime) => _clock.Now - time > plantTime / _clock.Speed;

    async Task Try(Func<Task> what)
    {
        try
        {
            await what();
        }
        catch (RefusedException refusal)
        {
            if (_told.Add(refusal.Kind)) _say($"Mes demo: {refusal.Message} (said once for all of its kind)");
        }
    }
}
