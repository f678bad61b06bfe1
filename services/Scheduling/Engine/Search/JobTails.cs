using System.Numerics;
using System.Runtime.InteropServices;

namespace Mes.Scheduling.Engine.Search;

/// <summary>
/// For any regular criterion one tail per operation and job (Mati, Dauzère-Pérès, Lahlou 2011): the longest way from
/// the start of the operation to the end of the job. They tell what a move does to every job at once. All jobs of an
/// operation lie side by side and are computed together, a register at a time.
/// </summary>
sealed class JobTails
{
    /// <summary>No way; stays below zero whatever is added.</summary>
    const int NoWay = -(1 << 30);

    /// <summary>Operations times jobs beyond which another search finds more in the same time (decision 15).</summary>
    public const long WaysMax = 300_000;

    readonly DisjunctiveShop _shop;
    readonly ShopState _state;
    readonly Vector<int>[] _way;
    readonly int[] _rowAfter;
    readonly Vector<int>[] _completion, _due;
    readonly Vector<int>[] _weight;
    readonly int[] _head;

    /// <summary>Registers that the ways of one operation take.</summary>
    public int Width { get; }

    public JobTails(DisjunctiveShop shop, ShopState state)
    {
        var jobs = shop.ChainEnds.Length;
        (_shop, _state, _head) = (shop, state, new int[shop.Count]);
        Width = (jobs + Vector<int>.Count - 1) / Vector<int>.Count;
        _way = new Vector<int>[(shop.Count + 1 + jobs) * Width];
        Array.Fill(_way, new Vector<int>(NoWay));
        _rowAfter = [.. shop.JobSuccessor.Select(x => x * Width)];
        (_completion, _due, _weight) = (new Vector<int>[Width], new Vector<int>[Width], new Vector<int>[Width]);
        var lanes = Lanes(_way);
        for (var j = 0; j < jobs; j++)
        {
            var (row, job) = ((shop.Count + 1 + j) * Width, shop.Model.JobOf[shop.ChainEnds[j]]);
            _rowAfter[shop.ChainEnds[j]] = row; // from its end no way but to its own job
            lanes[row * Vector<int>.Count + j] = 0;
            Lanes(_due)[j] = shop.Model.JobDue[job];
            Lanes(_weight)[j] = shop.Model.JobWeight[job];
        }
    }

    static Span<int> Lanes(Vector<int>[] vectors) => MemoryMarshal.Cast<Vector<int>, int>(vectors.AsSpan());

    /// <summary>Computes all ways of the state as it is now.</summary>
    public void Compute()
    {
        var lanes = Lanes(_completion);
        for (var j = 0; j < _shop.ChainEnds.Length; j++) lanes[j] = _state.End[_shop.ChainEnds[j]];
        for (var i = _shop.Count - 1; i >= 0; i--)
        {
            var x = _state.Order[i];
            var next = _state.After[x];
            var setup = _shop.HasSetups && next != _shop.None ? _state.Setup(x, next) : 0;
            var way = _way.AsSpan(x * Width, Width);
            var byJob = _way.AsSpan(_rowAfter[x], way.Length);
            var byMachine = _way.AsSpan(next * Width, way.Length);
            var (duration, wait) = (new Vector<int>(_state.Duration[x]), new Vector<int>(setup));
            for (var k = 0; k < way.Length; k++)
                way[k] = Vector.Max(byJob[k], byMachine[k] + wait) + duration;
        }
    }

    /// <summary>Weighted tardiness if these operations stand in this order between two that stay: per job the longest
    /// way through them, or the end it has now if that does not depend on them.</summary>
    public long Estimate(ReadOnlySpan<int> segment, int before, int after)
    {
        ComputeHeads(segment, before);
        long sum = 0;
        for (var k = 0; k < Width; k++)
        {
            var (next, rest) = (after, _way[after * Width + k]);
            Vector<int> through = new(NoWay), old = new(NoWay);
            for (var i = segment.Length - 1; i >= 0; i--)
            {
                var x = segment[i];
                if (_shop.HasSetups && next != _shop.None) rest += new Vector<int>(_state.Setup(x, next));
                rest = Vector.Max(rest, _way[_rowAfter[x] + k]) + new Vector<int>(_state.Duration[x]);
                through = Vector.Max(through, rest + new Vector<int>(_head[i]));
                old = Vector.Max(old, _way[x * Width + k] + new Vector<int>(_state.Head[x]));
                next = x;
            }
            var depends = Vector.Equals(old, _completion[k]);
            var completion = Vector.ConditionalSelect(depends, through, Vector.Max(through, _completion[k]));
            sum += Tardiness(completion, k);
        }
        return sum;
    }

    void ComputeHeads(ReadOnlySpan<int> segment, int before)
    {
        var (previous, end) = (before, _state.End[before]);
        for (var i = 0; i < segment.Length; i++)
        {
            var x = segment[i];
            if (_shop.HasSetups) end += _state.Setup(previous, x);
            _head[i] = Math.Max(Math.Max(_shop.Release[x], _state.End[_shop.JobPredecessor[x]]), end);
            (previous, end) = (x, _head[i] + _state.Duration[x]);
        }
    }

    long Tardiness(Vector<int> completion, int k)
    {
        Vector.Widen(Vector.Max(completion - _due[k], Vector<int>.Zero), out var low, out var high);
        Vector.Widen(_weight[k], out var lowWeight, out var highWeight);
        return Vector.Sum(low * lowWeight + high * highWeight);
    }
}
