using Mes.Scheduling.Engine.Compiled;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>An equipment whose open time has a price, constant within each slice of time. Positions count its open
/// seconds, so that work takes as much of them as it has.</summary>
sealed class PricedEquipment
{
    const double Memory = 0.5; // of the direction of the last change
    readonly int[] _position; // at the begin of each slice, and at the end of the last one
    readonly double[] _price, _cost, _direction; // per open second; sum of what lies before a slice
    readonly int[] _use;

    public PricedEquipment(CompiledCalendar calendar, int slices, int width)
    {
        _position = new int[slices + 1];
        for (var k = 1; k <= slices; k++)
            _position[k] = _position[k - 1] + calendar.WorkBetween((k - 1) * width, k * width);
        (_price, _cost, _direction) = (new double[slices], new double[slices + 1], new double[slices]);
        _use = new int[slices];
    }

    /// <summary>What all its time costs.</summary>
    public double Worth => _cost[^1];

    /// <summary>Takes the present prices; nothing is used yet.</summary>
    public void Begin()
    {
        Array.Clear(_use);
        for (var k = 0; k < _price.Length; k++) _cost[k + 1] = _cost[k] + _price[k] * Capacity(k);
    }

    int Capacity(int slice) => _position[slice + 1] - _position[slice];

    /// <summary>The least cost of work that starts within a slice, and the position at which it costs that. The cost
    /// is linear between the positions where start or end pass from one slice to another.</summary>
    /// <param name="slice">The slice, with open time.</param>
    /// <param name="work">Open seconds.</param>
    /// <param name="end">The slice in which work from the begin of this one ends, kept from call to call.</param>
    public (double Cost, int Position) Cheapest(int slice, int work, ref int end)
    {
        var (first, last) = (_position[slice], _position[slice + 1] - 1);
        while (end < _price.Length && _position[end + 1] <= first + work) end++;
        var best = CostAt(first + work, end) - _cost[slice];
        if (last <= first) return (best, first);
        var (position, at) = (first, end);
        for (; at < _price.Length && _position[at + 1] <= last + work; at++)
        {
            var start = _position[at + 1] - work;
            var cost = _cost[at + 1] - CostAt(start, slice);
            if (cost < best) (best, position) = (cost, start);
        }
        var costOfLast = CostAt(last + work, at) - CostAt(last, slice);
        return costOfLast < best ? (costOfLast, last) : (best, position);
    }

    double CostAt(int position, int slice) => slice >= _price.Length ? _cost[^1]
        : _cost[slice] + _price[slice] * (position - _position[slice]);

    /// <summary>Counts work from a position within a slice on.</summary>
    public void Use(int slice, int position, int work)
    {
        var until = position + work;
        for (var k = slice; k < _use.Length && _position[k] < until; k++)
            _use[k] += Math.Min(until, _position[k + 1]) - Math.Max(position, _position[k]);
    }

    /// <summary>Square of the length of the direction in which prices have to go, which this sets.</summary>
    public double Norm()
    {
        var norm = 0.0;
        for (var k = 0; k < _price.Length; k++)
        {
            double over = _use[k] - Capacity(k);
            _direction[k] = over + Memory * _direction[k];
            if (_price[k] <= 0 && _direction[k] < 0) _direction[k] = 0;
            norm += _direction[k] * _direction[k];
        }
        return norm;
    }

    /// <summary>Prices go a step into their direction; none is below zero.</summary>
    public void Change(double step)
    {
        for (var k = 0; k < _price.Length; k++) _price[k] = Math.Max(0, _price[k] + step * _direction[k]);
    }
}
