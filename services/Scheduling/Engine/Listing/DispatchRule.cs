using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Listing;

/// <summary>Which waiting operation an idle equipment takes next.</summary>
public enum DispatchRule
{
    /// <summary>The one with the longest way to the end of everything.</summary>
    MostWorkRemaining,

    /// <summary>The one whose job is due first, less the work after it.</summary>
    LeastSlack,

    /// <summary>Apparent tardiness cost with setups (Lee, Bhaskaran, Pinedo 1997).</summary>
    Atcs,

    /// <summary>The one whose job is due first.</summary>
    EarliestDueDate,

    /// <summary>The shortest per weight.</summary>
    ShortestProcessing,

    /// <summary>The longest.</summary>
    LongestProcessing,

    /// <summary>The one that came first.</summary>
    FirstInFirstOut,
}

/// <summary>The dispatching rules as keys: the smallest goes first.</summary>
sealed class Priorities
{
    const double SlackScale = 2.0; // k1 and k2 of the ATCS rule
    const double SetupScale = 0.5;
    readonly CompiledModel _model;
    readonly double _meanDuration;
    readonly double _meanSetup;

    public Priorities(CompiledModel model)
    {
        _model = model;
        _meanDuration = Math.Max(1, Mean(model.AlternativeDuration));
        var setups = model.EquipmentSetup.OfType<SetupTable>().Distinct()
            .Select(table => Mean(table.Seconds)).ToArray();
        _meanSetup = setups.Length == 0 ? 1 : Math.Max(1, setups.Average());
    }

    /// <summary>The key of an operation that does not change while it waits.</summary>
    public double Key(DispatchRule rule, int operation, int alternative, int ready)
    {
        var work = _model.AlternativeDuration[alternative];
        return rule switch
        {
            DispatchRule.MostWorkRemaining => -(double)work - _model.Bounds.Tail[operation],
            DispatchRule.LeastSlack or DispatchRule.Atcs => LatestStart(operation, work),
            DispatchRule.EarliestDueDate => Due(operation),
            DispatchRule.ShortestProcessing => work / Math.Max(0.001, Weight(operation)),
            DispatchRule.LongestProcessing => -work,
            _ => ready,
        };
    }

    /// <summary>The logarithm of the ATCS index, negated, at an instant: ln(w/p) − slack/(k1·p̄) −
    /// setup/(k2·s̄).</summary>
    public double AtcsKey(int operation, int alternative, int now, int setup)
    {
        var work = Math.Max(1, _model.AlternativeDuration[alternative]);
        var slack = Math.Max(0, LatestStart(operation, work) - now);
        return slack / (SlackScale * _meanDuration) + setup / (SetupScale * _meanSetup)
            - Math.Log(Math.Max(0.001, Weight(operation)) / work);
    }

    double LatestStart(int operation, int work) => Due(operation) - _model.Bounds.Tail[operation] - work;

    double Due(int operation) => Math.Min(_model.JobDue[_model.JobOf[operation]], ModelTime.MaxSeconds);

    double Weight(int operation) => _model.JobWeight[_model.JobOf[operation]];

    static double Mean(int[] values) => values.Length == 0 ? 0 : values.Average();
}
