namespace Mes.Scheduling.Engine;

/// <summary>The elite solutions that workers share: distinct, the worst replaced by what is better.
/// Thread-safe.</summary>
sealed class Population(DisjunctiveShop shop, int size, Action<ShopState> onBetter)
{
    readonly Lock _lock = new();
    readonly List<(ShopState State, ulong Hash)> _members = [];
    readonly ShopState _best = new(shop);
    int _idle;
    int _started;

    /// <summary>The best value so far.</summary>
    public long BestValue { get; private set; } = long.MaxValue;

    /// <summary>A number for the next member to be started from scratch, or null while there are enough.</summary>
    public int? NextStart()
    {
        lock (_lock) return _members.Count < size ? _started++ : null;
    }

    /// <summary>Copies two different members.</summary>
    public bool TryPickParents(Random random, ShopState first, ShopState second)
    {
        lock (_lock)
        {
            if (_members.Count < 2) return false;
            var i = random.Next(_members.Count);
            var j = (i + 1 + random.Next(_members.Count - 1)) % _members.Count;
            first.CopyFrom(_members[i].State);
            second.CopyFrom(_members[j].State);
            return true;
        }
    }

    /// <summary>Offers a solution. When the members have become alike, or nothing better has come for long, all but
    /// the best make room for new ones.</summary>
    public void Add(ShopState state)
    {
        var hash = state.SequenceHash();
        lock (_lock)
        {
            KeepBestLocked(state);
            if (_members.Any(member => member.Hash == hash)) { _idle++; RenewIfStale(); return; }
            if (_members.Count < size)
            {
                var copy = new ShopState(shop);
                copy.CopyFrom(state);
                _members.Add((copy, hash));
                return;
            }
            var worst = 0;
            for (var i = 1; i < _members.Count; i++)
                if (_members[i].State.Value > _members[worst].State.Value) worst = i;
            if (state.Value < _members[worst].State.Value)
            {
                _members[worst].State.CopyFrom(state);
                _members[worst] = (_members[worst].State, hash);
            }
            else _idle++;
            RenewIfStale();
        }
    }

    public void CopyBest(ShopState target)
    {
        lock (_lock) target.CopyFrom(_best);
    }

    /// <summary>Remembers a solution if it is the best so far, without making it a member.</summary>
    public void KeepBest(ShopState state)
    {
        lock (_lock) KeepBestLocked(state);
    }

    void KeepBestLocked(ShopState state)
    {
        if (state.Value >= BestValue) return;
        BestValue = state.Value;
        _best.CopyFrom(state);
        _idle = 0;
        onBetter(state);
    }

    void RenewIfStale()
    {
        if (_members.Count < size) return;
        var isUniform = _members.All(member => member.State.Value == _members[0].State.Value);
        if (!isUniform && _idle < 2 * size) return;
        _members.Clear();
        _idle = 0;
        var keep = new ShopState(shop);
        keep.CopyFrom(_best);
        _members.Add((keep, keep.SequenceHash()));
    }
}
