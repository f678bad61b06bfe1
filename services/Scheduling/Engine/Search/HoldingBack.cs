using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;

namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// Lets operations wait during an insertion. Where only ends count, sooner is never worse; but a plan near its baseline,
/// little work in process and few setups want some work later than it could be done. In a trial that waits, operations
/// are held until their baseline, or moved on: up to what comes behind them, past their neighbours, or by any time.
/// </summary>
sealed class HoldingBack
{
    const int DelayBitsMax = 15;
    const int NeighboursMax = 4;
    readonly CompiledModel _model;
    readonly Timetable _table;
    readonly Random _random;
    readonly bool _prefersBaseline, _mayDelay;
    bool _delays;

    public HoldingBack(CompiledModel model, Timetable table, Random random)
    {
        (_model, _table, _random) = (model, table, random);
        var objective = model.Source.Objective;
        _prefersBaseline = objective.Uses(Criterion.Instability);
        _mayDelay = _prefersBaseline || objective.Uses(Criterion.WorkInProcess)
            || (objective.Uses(Criterion.SetupTime) && model.EquipmentSetup.Any(setup => setup is not null));
    }

    /// <summary>True while operations go to their places in the baseline.</summary>
    public bool ToBaseline { get; private set; }

    /// <summary>Draws what the next trial does.</summary>
    public void Draw()
    {
        ToBaseline = _prefersBaseline && _random.Next(4) > 0;
        _delays = _mayDelay && _random.Next(3) == 0;
    }

    /// <summary>Not before its baseline, if this is drawn.</summary>
    public int Floor(int operation) =>
        ToBaseline && _model.BaselineEquipment[operation] >= 0 ? _model.BaselineStart[operation] : 0;

    /// <summary>A later slot on the same alternative, or the same one.</summary>
    public Slot Later(int operation, Slot slot, int endFloor)
    {
        if (!_delays) return slot;
        var equipment = _model.AlternativeEquipment[slot.Alternative];
        var next = _table.Next(equipment, slot.After);
        var from = _random.Next(5) switch
        {
            0 => LatestStart(operation, slot.Alternative),
            1 => next < 0 ? 0 : Before(_table.SetupStart[next], slot.Alternative),
            2 => Behind(equipment, next),
            3 => slot.Start + AnyDelay(),
            _ => 0,
        };
        if (from <= slot.Start) return slot;
        var later = _table.Earliest(operation, slot.Alternative, from, endFloor, _table.LastRunning[equipment]);
        return later.Exists ? later : slot;
    }

    /// <summary>How long a member of a group is held before the group is placed.</summary>
    public int HeldUntil(int operation)
    {
        var floor = Floor(operation);
        if (!_delays) return floor;
        return Math.Max(floor, _random.Next(4) switch
        {
            0 => LatestStart(operation, _model.AlternativeOffset[operation]),
            1 => _table.ReadyTime(operation).Ready + AnyDelay(),
            _ => 0,
        });
    }

    /// <summary>About when it must start for the sake of what is placed behind it; 0 if that is nothing.</summary>
    int LatestStart(int operation, int alternative)
    {
        var latest = int.MaxValue;
        foreach (var arc in _model.Successors(operation))
        {
            var (after, lag) = (_model.ArcTo[arc], _model.ArcMinLag[arc]);
            if (!_table.IsPlaced(after)) continue;
            latest = Math.Min(latest, _model.ArcKind[arc] switch
            {
                LagKind.EndStart => Before(_table.Start[after] - lag, alternative),
                LagKind.StartStart => _table.Start[after] - lag,
                _ => Before(_table.End[after] - lag, alternative),
            });
        }
        return latest == int.MaxValue ? 0 : latest;
    }

    int Before(int end, int alternative) =>
        _model.AlternativeCalendar[alternative].LatestStart(end, _model.AlternativeDuration[alternative]);

    int Behind(int equipment, int next)
    {
        for (var count = _random.Next(NeighboursMax); next >= 0; next = _table.Next(equipment, next))
            if (count-- == 0) return _table.End[next];
        return 0;
    }

    /// <summary>From 0 s to some hours, the short ones as often as the long ones.</summary>
    int AnyDelay() => _random.Next(1 << _random.Next(1, DelayBitsMax));
}
