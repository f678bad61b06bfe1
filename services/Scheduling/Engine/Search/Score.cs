using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Structures;

namespace Mes.Scheduling.Engine.Search;

/// <summary>The objective's levels of a timetable, kept up to date by the operations that changed; no
/// allocation.</summary>
sealed class Score
{
    readonly CompiledModel _model;
    readonly Timetable _table;
    readonly int[] _jobOffset;
    readonly int[] _first, _last, _jobStamp;
    readonly long[] _instability;
    readonly (Criterion Criterion, int Weight)[][] _levels;
    long _tardiness, _workInProcess, _totalInstability;
    int _stamp;

    public Score(CompiledModel model, Timetable table)
    {
        (_model, _table) = (model, table);
        (_jobOffset, _) = Graph.Rows(model.JobOf, model.JobCount);
        (_first, _last, _jobStamp) = (new int[model.JobCount], new int[model.JobCount], new int[model.JobCount]);
        _instability = new long[model.OperationCount];
        _levels = [.. model.Source.Objective.Levels.Select(level =>
            level.Select(term => (term.Criterion, term.Weight)).ToArray())];
    }

    public int LevelCount => _levels.Length;

    /// <summary>First operation of a job; those of one job follow each other.</summary>
    public int JobStart(int job) => _jobOffset[job];

    /// <summary>End of a job's last operation.</summary>
    public int JobEnd(int job) => _last[job];

    /// <summary>Seconds late times weight.</summary>
    public long Tardiness(int job) =>
        _model.JobWeight[job] * Math.Max(0L, (long)_last[job] - _model.JobDue[job]);

    /// <summary>By how much an operation is away from the baseline.</summary>
    public long Instability(int operation) => _instability[operation];

    /// <summary>Counts everything anew.</summary>
    public void Reset()
    {
        _tardiness = _workInProcess = _totalInstability = 0;
        Array.Clear(_first);
        Array.Clear(_last);
        Array.Clear(_instability);
        for (var job = 0; job < _last.Length; job++) _last[job] = int.MinValue / 2;
        for (var job = 0; job < _last.Length; job++)
        {
            (_first[job], _last[job]) = Span(job);
            _tardiness += Tardiness(job);
            _workInProcess += (long)_last[job] - _first[job];
        }
        for (var i = 0; i < _instability.Length; i++)
            _totalInstability += _instability[i] = InstabilityOf(i);
    }

    /// <summary>Takes over the new places of some operations.</summary>
    public void Update(ReadOnlySpan<int> operations)
    {
        _stamp++;
        foreach (var i in operations)
        {
            var now = InstabilityOf(i);
            _totalInstability += now - _instability[i];
            _instability[i] = now;
            var job = _model.JobOf[i];
            if (_jobStamp[job] == _stamp) continue;
            _jobStamp[job] = _stamp;
            _tardiness -= Tardiness(job);
            _workInProcess -= (long)_last[job] - _first[job];
            (_first[job], _last[job]) = Span(job);
            _tardiness += Tardiness(job);
            _workInProcess += (long)_last[job] - _first[job];
        }
    }

    /// <summary>Writes the value of every level.</summary>
    public void Write(long[] levels)
    {
        for (var level = 0; level < levels.Length; level++)
        {
            levels[level] = 0;
            foreach (var (criterion, weight) in _levels[level]) levels[level] += weight * Figure(criterion);
        }
    }

    long Figure(Criterion criterion) => criterion switch
    {
        Criterion.WeightedTardiness => _tardiness,
        Criterion.Makespan => Makespan(),
        Criterion.SetupTime => _table.TotalSetup,
        Criterion.Instability => _totalInstability,
        _ => _workInProcess,
    };

    long Makespan()
    {
        var makespan = 0;
        foreach (var end in _last) makespan = Math.Max(makespan, end);
        return makespan;
    }

    (int First, int Last) Span(int job)
    {
        var (first, last) = (int.MaxValue, int.MinValue);
        for (var i = _jobOffset[job]; i < _jobOffset[job + 1]; i++)
        {
            first = Math.Min(first, _table.Start[i]);
            last = Math.Max(last, _table.End[i]);
        }
        return (first, last);
    }

    long InstabilityOf(int i) =>
        _model.IsRunning(i) ? 0 : _model.Displacement(i, _table.EquipmentOf(i), _table.Start[i]);
}
