using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>Finds what no plan can mend, as far as a look at each part tells: no time left, locks against the rest,
/// waits that cannot be kept, equipment with more work than open time.</summary>
sealed class FeasibilityCheck(CompiledModel model, RefusalList refusals)
{
    public static void Run(CompiledModel model, RefusalList refusals)
    {
        var check = new FeasibilityCheck(model, refusals);
        check.CheckHeads();
        check.CheckArcs();
        check.CheckLoad();
        check.CheckLocks();
    }

    void CheckHeads()
    {
        var bounds = model.Bounds;
        for (var i = 0; i < model.OperationCount; i++)
        {
            if (bounds.Start[i] == ModelTime.Never && bounds.Ready[i] != ModelTime.Never)
            {
                refusals.Add(RefusalCode.NoCalendarTime, "Extend the calendars, or release the job earlier.",
                    ("operation", Id(i)), ("ready", bounds.Ready[i]));
            }
            if (!model.IsFixed(i) || model.IsRunning(i)) continue;
            if (bounds.Ready[i] > model.FixedStart[i] || bounds.EndFloor[i] > model.FixedEnd[i]) RefuseTooEarly(i);
        }
    }

    void RefuseTooEarly(int operation)
    {
        foreach (var arc in model.Predecessors(operation))
            if (model.IsFixed(model.ArcFrom[arc]) && Slack(arc) < 0) return; // told as a pair by CheckArcs
        refusals.Add(RefusalCode.LockTooEarly, "Lock it later, or unlock it.", ("operation", Id(operation)),
            ("start", model.FixedStart[operation]), ("earliest", model.Bounds.Ready[operation]),
            ("fixed by", model.Fixing[operation]));
    }

    /// <summary>By how much the earliest the first operation allows is met by a fixed second one.</summary>
    int Slack(int arc)
    {
        var (from, to, lag) = (model.ArcFrom[arc], model.ArcTo[arc], model.ArcMinLag[arc]);
        return model.ArcKind[arc] switch
        {
            LagKind.EndStart => model.FixedStart[to] - model.Bounds.End[from] - lag,
            LagKind.StartStart => model.FixedStart[to] - model.Bounds.Start[from] - lag,
            _ => model.FixedEnd[to] - model.Bounds.End[from] - lag,
        };
    }

    void CheckArcs()
    {
        for (var arc = 0; arc < model.ArcFrom.Length; arc++)
        {
            var (from, to) = (model.ArcFrom[arc], model.ArcTo[arc]);
            if (model.IsFixed(from) && model.IsFixed(to)) CheckFixedArc(arc, from, to);
            else if (model.HasMaxLag(arc)) CheckMaxLag(arc, from, to);
        }
    }

    void CheckFixedArc(int arc, int from, int to)
    {
        var slack = Slack(arc);
        var max = model.HasMaxLag(arc) ? (long)model.ArcMaxLag[arc] - model.ArcMinLag[arc] : long.MaxValue;
        if (slack >= 0 && slack <= max) return;
        refusals.Add(RefusalCode.LockPrecedence, "Move or remove one of the two locks.",
            ("from", Id(from)), ("fromEnd", model.FixedEnd[from]), ("to", Id(to)), ("toStart", model.FixedStart[to]));
    }

    void CheckMaxLag(int arc, int from, int to)
    {
        var least = LeastLag(arc, from, to);
        if (least <= model.ArcMaxLag[arc]) return;
        refusals.Add(RefusalCode.LagUnreachable, "Allow a longer wait, or shorten what lies between.",
            ("from", Id(from)), ("to", Id(to)), ("maxLag", model.ArcMaxLag[arc]), ("leastLag", least));
    }

    /// <summary>Least lag of an arc that the other arcs and durations of its group allow.</summary>
    long LeastLag(int arc, int from, int to)
    {
        var isFromStart = model.ArcKind[arc] == LagKind.StartStart;
        var start = new Dictionary<int, long>();
        foreach (var operation in model.Members(model.GroupOf[from]))
        {
            if (operation == from) continue;
            long? earliest = null;
            foreach (var k in model.Predecessors(operation))
                if (Reach(k) is { } reached && !(reached <= earliest)) earliest = reached;
            if (earliest is { } value) start[operation] = value;
        }
        var least = start[to];
        return model.ArcKind[arc] == LagKind.EndEnd ? least + model.Bounds.Span[to] : least;

        long? Reach(int k)
        {
            var (before, after, kind) = (model.ArcFrom[k], model.ArcTo[k], model.ArcKind[k]);
            long? from0 = before == from
                ? isFromStart ? 0 : kind == LagKind.StartStart ? null : -(long)model.Bounds.Span[from]
                : start.TryGetValue(before, out var known) ? known : null;
            var lag = model.ArcMinLag[k];
            return kind switch
            {
                LagKind.EndStart => from0 + model.Bounds.Span[before] + lag,
                LagKind.StartStart => from0 + lag,
                _ => from0 + model.Bounds.Span[before] + lag - LongestSpan(after),
            };
        }
    }

    /// <summary>Pauses have no bound, so an end–end lag says nothing of a splittable operation's start.</summary>
    long LongestSpan(int operation)
    {
        if (model.Splittable[operation]) return 2L * ModelTime.MaxSeconds;
        var longest = 0;
        for (var a = model.AlternativeOffset[operation]; a < model.AlternativeOffset[operation + 1]; a++)
            longest = Math.Max(longest, model.AlternativeDuration[a]);
        return longest;
    }

    void CheckLoad()
    {
        var load = new long[model.EquipmentCount];
        for (var i = 0; i < model.OperationCount; i++)
        {
            var first = model.AlternativeOffset[i];
            if (model.AlternativeOffset[i + 1] - first == 1 && !model.IsRunning(i))
                load[model.AlternativeEquipment[first]] += model.AlternativeDuration[first];
        }
        for (var equipment = 0; equipment < load.Length; equipment++)
        {
            var open = model.EquipmentCalendar[equipment].TotalWork;
            if (load[equipment] <= open) continue;
            refusals.Add(RefusalCode.EquipmentOverloaded, "Extend the calendar, add an alternative, or take out jobs.",
                ("equipment", model.Source.Equipment[equipment].Id), ("work", load[equipment]), ("open", open));
        }
    }

    void CheckLocks()
    {
        var locks = Enumerable.Range(0, model.OperationCount).Where(model.IsFixed)
            .OrderBy(i => model.FixedStart[i]).ThenBy(i => model.FixedEnd[i]).ToArray();
        foreach (var group in locks.GroupBy(i => model.AlternativeEquipment[model.AlternativeOffset[i]]))
            CheckLockOverlap(group.Key, group);
        CheckLockedResources(locks);
    }

    void CheckLockedResources(int[] locks)
    {
        var ledger = new ResourceLedger(model);
        foreach (var operation in locks.Where(model.IsRunning)) Book(operation);
        foreach (var operation in locks.Where(i => !model.IsRunning(i)))
        {
            var (start, end) = (model.FixedStart[operation], model.FixedEnd[operation]);
            if (ledger.BlockedUntil(operation, model.AlternativeOffset[operation], start, end) != ModelTime.Never)
            {
                refusals.Add(RefusalCode.LockResource, "Move one of the locks that share the resource.",
                    ("operation", Id(operation)), ("start", start), ("end", end));
            }
            Book(operation);
        }

        void Book(int operation) => ledger.Book(operation, model.AlternativeOffset[operation],
            model.FixedStart[operation], model.FixedEnd[operation]);
    }

    void CheckLockOverlap(int equipment, IEnumerable<int> locks)
    {
        var (previous, previousEnd) = (-1, 0);
        foreach (var operation in locks)
        {
            var start = model.FixedStart[operation];
            var setup = LeastSetup(equipment, previous, operation, start > previousEnd);
            var setupStart = model.EquipmentCalendar[equipment].LatestStart(start, setup);
            if (!model.IsRunning(operation) && setupStart < previousEnd)
            {
                refusals.Add(RefusalCode.LockOverlap, "Move one of them apart, by the setup if there is one.",
                    ("equipment", model.Source.Equipment[equipment].Id), ("operation", Id(operation)), ("start", start),
                    ("setup", setup), ("after", previous < 0 ? "" : Id(previous)), ("free", previousEnd));
            }
            var end = model.FixedEnd[operation];
            if (end >= previousEnd) (previous, previousEnd) = (operation, end);
        }
    }

    /// <summary>Setup that is surely needed between two fixed operations. Where there is time for another operation
    /// between them, the setup may be any of the family's.</summary>
    int LeastSetup(int equipment, int before, int after, bool hasGap)
    {
        if (model.EquipmentSetup[equipment] is not { } table) return 0;
        var to = Family(after);
        var direct = table.Between(before < 0 ? model.EquipmentInitialFamily[equipment] : Family(before), to);
        return hasGap && to >= 0
            ? Math.Min(direct, Enumerable.Range(0, table.Size).Min(from => table.Between(from, to)))
            : direct;
    }

    int Family(int operation) => model.AlternativeFamily[model.AlternativeOffset[operation]];

    string Id(int operation) => model.Operations[operation].Id;
}
