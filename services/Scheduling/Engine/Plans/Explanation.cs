using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>Tells for each operation what it waits for: of all that holds its start back, what holds longest.</summary>
sealed class Explanation(CompiledModel model, Solution solution)
{
    public Wait Of(int operation) => model.Fixing[operation] switch
    {
        Fixing.Running => new Wait(WaitReason.Running),
        Fixing.Locked => new Wait(WaitReason.Lock),
        Fixing.Frozen => new Wait(WaitReason.FrozenZone),
        _ => OfFree(operation),
    };

    /// <summary>The operation that explains an operation's start: what it waits for, or where closed time came after
    /// that, what it waited for until then; −1 where the reason is no operation.</summary>
    public int Cause(int operation)
    {
        if (model.IsFixed(operation)) return -1;
        var (wait, cause, until) = Longest(operation);
        if (solution.Start[operation] > until) wait = AfterAll(operation, until);
        return wait.Reason switch
        {
            WaitReason.Resource => LastUser(operation) is var user and >= 0 ? user : cause,
            WaitReason.Sequence => solution.Previous[operation] is var before and >= 0 ? before : cause,
            WaitReason.MaximumLag => Follower(operation),
            _ => cause,
        };
    }

    Wait OfFree(int operation)
    {
        var (wait, _, until) = Longest(operation);
        return solution.Start[operation] <= until ? wait : AfterAll(operation, until);
    }

    (Wait Wait, int Cause, int Until) Longest(int operation)
    {
        var longest = (Reason: WaitReason.Nothing, Cause: -1, Until: 0);
        Consider(WaitReason.Release, -1, model.Source.Jobs[model.JobOf[operation]].ReleaseSeconds);
        Consider(WaitReason.Material, -1, model.Operations[operation].MaterialSeconds);
        Consider(WaitReason.FrozenZone, -1, model.Release[operation]);
        foreach (var arc in model.Predecessors(operation))
            Consider(WaitReason.Predecessor, model.ArcFrom[arc], StartAllowedBy(arc, operation));
        var (before, ready, needsSetup) = OnEquipment(operation);
        Consider(needsSetup ? WaitReason.Setup : WaitReason.Equipment, before, ready);
        var on = longest.Cause < 0 ? null : Id(longest.Cause);
        return (longest.Reason == WaitReason.Nothing ? Wait.ForNothing : new Wait(longest.Reason, on),
            longest.Cause, longest.Until);

        void Consider(WaitReason reason, int cause, int until)
        {
            if (until > longest.Until) longest = (reason, cause, until);
        }
    }

    int StartAllowedBy(int arc, int operation)
    {
        var (before, lag) = (model.ArcFrom[arc], model.ArcMinLag[arc]);
        return model.ArcKind[arc] switch
        {
            LagKind.EndStart => solution.End[before] + lag,
            LagKind.StartStart => solution.Start[before] + lag,
            _ => solution.End[before] + lag >= solution.End[operation] ? solution.Start[operation] : 0,
        };
    }

    (int Before, int Ready, bool NeedsSetup) OnEquipment(int operation)
    {
        var before = solution.Previous[operation];
        var equipment = model.AlternativeEquipment[solution.Alternative[operation]];
        var free = before < 0 ? 0 : solution.End[before];
        var setup = solution.SetupSeconds(model, operation, equipment);
        return (before, model.EquipmentCalendar[equipment].After(free, setup), setup > 0);
    }

    /// <summary>The operation that used one of the operation's resources last before it started.</summary>
    int LastUser(int operation)
    {
        var last = -1;
        for (var other = 0; other < model.OperationCount; other++)
        {
            var isLater = last < 0 || solution.End[other] > solution.End[last];
            if (solution.End[other] <= solution.Start[operation] && isLater && other != operation
                && ShareResource(solution.Alternative[operation], solution.Alternative[other]))
                last = other;
        }
        return last;
    }

    bool ShareResource(int alternative, int other) =>
        Resources(alternative).IndexOfAny(Resources(other)) >= 0;

    ReadOnlySpan<int> Resources(int alternative) => model.DemandResource.AsSpan(
        model.DemandOffset[alternative], model.DemandOffset[alternative + 1] - model.DemandOffset[alternative]);

    int Follower(int operation)
    {
        foreach (var arc in model.Successors(operation)) if (model.HasMaxLag(arc)) return model.ArcTo[arc];
        return -1;
    }

    /// <summary>Nothing that came before explains the start: it is open time, a resource, or what comes
    /// after.</summary>
    Wait AfterAll(int operation, int until)
    {
        var alternative = solution.Alternative[operation];
        var earliest = model.AlternativeCalendar[alternative].EarliestStart(
            until, model.AlternativeDuration[alternative], model.Splittable[operation]);
        if (earliest >= solution.Start[operation])
            return new Wait(WaitReason.Calendar, model.Source.Equipment[model.AlternativeEquipment[alternative]].Id);
        if (Follower(operation) is var follower and >= 0) return new Wait(WaitReason.MaximumLag, Id(follower));
        if (KeepsItsPlace(operation)) return new Wait(WaitReason.EarlierPlan);
        var demand = model.DemandOffset[alternative];
        return demand < model.DemandOffset[alternative + 1]
            ? new Wait(WaitReason.Resource, model.Source.Resources[model.DemandResource[demand]].Id)
            : new Wait(WaitReason.Sequence, solution.Previous[operation] is var before and >= 0 ? Id(before) : null);
    }

    bool KeepsItsPlace(int operation) => model.BaselineStart[operation] == solution.Start[operation]
        && model.BaselineEquipment[operation] == model.AlternativeEquipment[solution.Alternative[operation]];

    string Id(int operation) => model.Operations[operation].Id;
}
