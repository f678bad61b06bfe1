using Mes.Scheduling.Engine.Compiled;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>
/// A lower bound of weighted tardiness by prices for time (Lagrangian relaxation of capacity; Hoitomt, Luh and Pattipati
/// 1993). Equipment may do more than one thing at once, but its time has a price; so every job goes its cheapest way, and
/// what the capacity would have cost is taken off. Whatever the prices, no plan costs less; they are raised where too much
/// is done at once. Setups, resources and maximum lags are left out, which can only lower it.
/// </summary>
sealed class TardinessBound
{
    const int SlicesMax = 2_048;
    const int SlicesMin = 64;
    const int CellsMax = 3_000_000; // alternatives times slices
    const double Rounding = 1e-6;
    readonly PricedEquipment[] _equipment;
    readonly PricedJob[] _jobs;

    /// <param name="model">The model.</param>
    /// <param name="horizon">Up to which time costs something: best the end of a good plan.</param>
    /// <param name="slicesMax">Into how many slices of one price each it is cut at most.</param>
    public TardinessBound(CompiledModel model, int horizon, int slicesMax = SlicesMax)
    {
        var alternatives = Math.Max(1, model.AlternativeEquipment.Length);
        var slices = Math.Min(slicesMax, Math.Max(SlicesMin, CellsMax / alternatives));
        var width = Math.Max(1, (int)(((long)horizon + slices - 1) / slices));
        slices = Math.Max(1, (int)(((long)horizon + width - 1) / width));
        _equipment = [.. Enumerable.Range(0, model.EquipmentCount)
            .Select(equipment => new PricedEquipment(model.EquipmentCalendar[equipment], slices, width))];
        _jobs = [.. JobChain.Of(model).Select(chain => new PricedJob(model, chain, _equipment, slices, width))];
    }

    /// <summary>True if a model is small enough for the bound to be worth its time.</summary>
    public static bool Fits(CompiledModel model) => model.AlternativeEquipment.Length <= CellsMax / SlicesMin;

    /// <summary>Raises and lowers prices until the bound meets a known plan or the rounds are over.</summary>
    /// <param name="best">The weighted tardiness of a known plan: the worse it is, the larger are the first steps.</param>
    /// <param name="rounds">How often prices are changed.</param>
    /// <param name="isDue">Asked before every round; true ends it with the best bound so far.</param>
    public long Compute(long best, int rounds, Func<bool> isDue)
    {
        const int IdleMax = 15;
        var (bound, step, idle) = (0.0, 1.0, 0);
        for (var round = 0; round < rounds && bound <= best - 1 + Rounding && !isDue(); round++)
        {
            var value = Value();
            if (value > bound + Rounding) (bound, idle) = (value, 0);
            else if (++idle == IdleMax) (step, idle) = (step / 2, 0);
            var norm = _equipment.Sum(item => item.Norm());
            if (norm <= 0) break; // all is done within the capacity: no price to change
            var change = step * (best - value) / norm;
            foreach (var equipment in _equipment) equipment.Change(change);
        }
        return (long)Math.Ceiling(bound - Rounding * Math.Max(1, bound));
    }

    /// <summary>The bound at the present prices; counts who uses what.</summary>
    double Value()
    {
        foreach (var equipment in _equipment) equipment.Begin();
        return _jobs.Sum(job => job.Go()) - _equipment.Sum(equipment => equipment.Worth);
    }
}
