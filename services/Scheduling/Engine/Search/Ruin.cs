using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Search;

/// <summary>Groups that are taken out of a timetable together.</summary>
sealed class FreedGroups(CompiledModel model, GroupPlacer groups)
{
    readonly int[] _item = new int[model.GroupCount];
    readonly int[] _stamp = new int[model.GroupCount];
    int _now;
    int _count;

    public ReadOnlySpan<int> Items => _item.AsSpan(0, _count);

    public bool Contains(int group) => _stamp[group] == _now;

    public void Clear() => (_count, _now) = (0, _now + 1);

    /// <summary>Adds the group of an operation, if it can move.</summary>
    public void Add(int operation)
    {
        var group = model.GroupOf[operation];
        if (_stamp[group] == _now || groups.Lead(group) < 0) return;
        _stamp[group] = _now;
        _item[_count++] = group;
    }

    /// <summary>Adds all that comes after, up to a number of groups.</summary>
    public void AddSuccessors(int countMax)
    {
        for (var k = 0; k < _count; k++)
        {
            foreach (var operation in model.Members(_item[k]))
            {
                foreach (var arc in model.Successors(operation))
                {
                    if (_count >= countMax) return;
                    Add(model.ArcTo[arc]);
                }
            }
        }
    }
}

/// <summary>How the operations that are freed are chosen.</summary>
enum Neighbourhood
{
    /// <summary>A late job, and what stands before its operations on their equipment.</summary>
    LateJob,

    /// <summary>A piece of the sequence of one equipment.</summary>
    Sequence,

    /// <summary>Pieces of several sequences at the same time.</summary>
    Window,

    /// <summary>An operation and those of its setup family near it.</summary>
    Family,

    /// <summary>One operation.</summary>
    Single,

    /// <summary>What is far from its place in the baseline, and what stands before it.</summary>
    Displaced,

    /// <summary>An operation, and what is in its way elsewhere: on another equipment that it could use, and at the
    /// resources it needs.</summary>
    Rivals,
}

/// <summary>The ruin half of ruin and recreate (Schrimpf et al. 2000; strings as in Christiaens and Vanden Berghe
/// 2020): chooses a few operations that lie close to each other.</summary>
sealed class Ruin(CompiledModel model, Timetable table, Score score, FreedGroups freed, Random random)
{
    const int Contestants = 6;
    const int PieceMax = 8;
    const int PieceLongMax = 24;
    const int FamilyReach = 24;
    readonly int[][] _users = UsersOfResources(model);

    /// <summary>True if the neighbourhood makes sense for the model.</summary>
    public bool Applies(Neighbourhood neighbourhood) => neighbourhood switch
    {
        Neighbourhood.Family => model.EquipmentSetup.Any(table => table is not null),
        Neighbourhood.Displaced => model.Source.Objective.Uses(Criterion.Instability)
            && model.BaselineEquipment.Any(equipment => equipment >= 0),
        Neighbourhood.Rivals => model.AlternativeEquipment.Length > model.OperationCount || model.ResourceCount > 0,
        _ => true,
    };

    public void Choose(Neighbourhood neighbourhood)
    {
        freed.Clear();
        switch (neighbourhood)
        {
            case Neighbourhood.LateJob: FreeJob(PickJob()); break;
            case Neighbourhood.Sequence: FreePiece(random.Next(model.OperationCount), Length()); break;
            case Neighbourhood.Window: FreeWindow(random.Next(model.OperationCount)); break;
            case Neighbourhood.Family: FreeFamily(random.Next(model.OperationCount)); break;
            case Neighbourhood.Single: freed.Add(random.Next(model.OperationCount)); break;
            case Neighbourhood.Rivals: FreeRivals(random.Next(2) == 0 ? random.Next(model.OperationCount) : PickLate()); break;
            default: FreeDisplaced(); break;
        }
    }

    int Length() => 2 + random.Next(random.Next(4) == 0 ? PieceLongMax : PieceMax);

    /// <summary>The worst of a few random jobs: by tardiness, then by end.</summary>
    int PickJob()
    {
        var (chosen, worst) = (0, (Tardiness: -1L, End: int.MinValue));
        for (var i = 0; i < Contestants; i++)
        {
            var job = random.Next(model.JobCount);
            var rank = (score.Tardiness(job), score.JobEnd(job));
            if (rank.CompareTo(worst) > 0) (chosen, worst) = (job, rank);
        }
        return chosen;
    }

    int PickLate()
    {
        var job = PickJob();
        return random.Next(score.JobStart(job), score.JobStart(job + 1));
    }

    /// <summary>A job from some operation on, and what stands before each.</summary>
    void FreeJob(int job)
    {
        var (from, to) = (score.JobStart(job), score.JobStart(job + 1));
        if (random.Next(2) == 0) from += random.Next(to - from);
        var before = random.Next(4);
        for (var i = from; i < to; i++)
        {
            freed.Add(i);
            if (random.Next(2) == 0) FreeBefore(i, before);
        }
    }

    void FreeBefore(int operation, int count)
    {
        for (var other = operation; count > 0 && (other = table.Previous[other]) >= 0; count--) freed.Add(other);
    }

    void FreePiece(int operation, int length) => FreePiece(table.EquipmentOf(operation), operation, length);

    void FreePiece(int equipment, int operation, int length)
    {
        for (var other = operation; length > 0 && other >= 0; length--, other = table.Next(equipment, other))
            freed.Add(other);
    }

    /// <summary>A piece of the operation's sequence, and one of the sequence of each neighbour in its job.</summary>
    void FreeWindow(int operation)
    {
        var length = 1 + random.Next(PieceMax);
        FreePiece(operation, length);
        foreach (var arc in model.Successors(operation)) FreePiece(model.ArcTo[arc], length);
        foreach (var arc in model.Predecessors(operation)) FreePiece(model.ArcFrom[arc], length);
    }

    void FreeFamily(int operation)
    {
        var equipment = table.EquipmentOf(operation);
        var family = model.AlternativeFamily[table.Alternative[operation]];
        freed.Add(operation);
        var reach = 1 + random.Next(FamilyReach);
        for (var other = table.Next(equipment, operation); other >= 0 && reach > 0; reach--)
        {
            if (model.AlternativeFamily[table.Alternative[other]] == family || random.Next(6) == 0) freed.Add(other);
            other = table.Next(equipment, other);
        }
    }

    void FreeDisplaced()
    {
        var (chosen, farthest) = (0, -1L);
        for (var i = 0; i < Contestants; i++)
        {
            var operation = random.Next(model.OperationCount);
            if (score.Instability(operation) <= farthest) continue;
            (chosen, farthest) = (operation, score.Instability(operation));
        }
        freed.Add(chosen);
        FreeBefore(chosen, random.Next(PieceMax));
    }

    void FreeRivals(int operation)
    {
        freed.Add(operation);
        var (ready, start) = (table.ReadyTime(operation).Ready, table.Start[operation]);
        var instant = ready < start ? random.Next(ready, start + 1) : start;
        var alternative = random.Next(model.AlternativeOffset[operation], model.AlternativeOffset[operation + 1]);
        var equipment = model.AlternativeEquipment[alternative];
        var there = table.At(equipment, instant);
        FreePiece(equipment, there < 0 ? table.Next(equipment, -1) : there, 1 + random.Next(PieceMax / 2));
        for (var d = model.DemandOffset[alternative]; d < model.DemandOffset[alternative + 1]; d++)
            FreeUser(model.DemandResource[d], instant);
    }

    /// <summary>Of a few random operations that need the resource the one closest in time.</summary>
    void FreeUser(int resource, int instant)
    {
        var (chosen, closest) = (-1, long.MaxValue);
        for (var i = 0; i < Contestants; i++)
        {
            var user = _users[resource][random.Next(_users[resource].Length)];
            var distance = Math.Abs((long)table.Start[user] - instant);
            if (distance < closest) (chosen, closest) = (user, distance);
        }
        freed.Add(chosen);
    }

    static int[][] UsersOfResources(CompiledModel model)
    {
        var users = Enumerable.Range(0, model.ResourceCount).Select(_ => new HashSet<int>()).ToArray();
        for (var i = 0; i < model.OperationCount; i++)
            for (var d = model.DemandOffset[model.AlternativeOffset[i]];
                 d < model.DemandOffset[model.AlternativeOffset[i + 1]]; d++)
                users[model.DemandResource[d]].Add(i);
        return [.. users.Select(set => set.Order().ToArray())];
    }
}
