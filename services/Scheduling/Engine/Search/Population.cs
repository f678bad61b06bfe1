namespace Mes.Scheduling.Engine.Search;

/// <summary>The elite solutions that workers share: different, the worst replaced by what is better.
/// Thread-safe.</summary>
sealed class Population(DisjunctiveShop shop, int size, Action<ShopState> onBetter)
{
    const double LikeShare = 0.05;
    readonly Lock _lock = new();
    readonly List<ShopState> _members = [];
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
            first.CopyFrom(_members[i]);
            second.CopyFrom(_members[j]);
            return true;
        }
    }

    /// <summary>Offers a solution. It takes the place of the member that it resembles, or of the worst, if it is
    /// better: what is alike would crowd out what is different, and nothing new comes from parents that are alike.
    /// When for long none has entered, all but the best make room for new ones.</summary>
    public void Add(ShopState state)
    {
        lock (_lock)
        {
            KeepBestLocked(state);
            if (FindRival(state) is not { } rival) Enter(state);
            else if (state.Value < rival.Value) { rival.CopyFrom(state); _idle = 0; }
            else if (++_idle >= size) Renew();
        }
    }

    void Enter(ShopState state)
    {
        var member = new ShopState(shop);
        member.CopyFrom(state);
        _members.Add(member);
    }

    /// <summary>The member that has to go if the solution enters, or null while there is room.</summary>
    ShopState? FindRival(ShopState state)
    {
        var closest = _members.MinBy(member => Distance(member, state));
        if (closest is not null && Distance(closest, state) < shop.Count * LikeShare) return closest;
        return _members.Count < size ? null : _members.MaxBy(member => member.Value);
    }

    /// <summary>Number of operations that stand behind another one, or on another machine.</summary>
    int Distance(ShopState first, ShopState second)
    {
        var count = 0;
        for (var x = 0; x < shop.Count; x++)
            if (first.Before[x] != second.Before[x] || first.Machine[x] != second.Machine[x]) count++;
        return count;
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

    void Renew()
    {
        _members.Clear();
        _idle = 0;
        Enter(_best);
    }
}
