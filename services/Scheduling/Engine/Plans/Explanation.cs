namespace Mes.Scheduling.Engine;

/// <summary>Tells for each operation what it waits for: of all that holds its start back, what holds longest.</summary>
sealed class Explanation(CompiledModel model, Solution solution)
{
    public Wait Of(int operation)
    {
        switch (model.Fixing[operation])
        {
            case Fixing.Running: return new Wait(WaitReason.Running);
            case Fixing.Locked: return new Wait(WaitReason.Lock);
            case Fixing.Frozen: return new Wait(WaitReason.FrozenZone);
        }
        var (wait, until) = Longest(operation);
        return solution.Start[operation] <= until ? wait : AfterAll(operation, until);
    }

    (Wait Wait, int Until) Longest(int operation)
    {
        var longest = (Wait: Wait.ForNothing, Until: 0);
        Consider(WaitReason.Release, null, model.Source.Jobs[model.JobOf[operation]].ReleaseSeconds);
        Consider(WaitReason.Material, null, model.Operations[operation].MaterialSeconds);
        Consider(WaitReason.FrozenZone, null, model.Release[operation]);
        foreach (var arc in model.Predecessors(operation))
            Consider(WaitReason.Predecessor, Id(model.ArcFrom[arc]), StartAllowedBy(arc, operation));
        ConsiderEquipment(operation, Consider);
        return longest;

        void Consider(WaitReason reason, string? on, int until)
        {
            if (until > longest.Until) longest = (new Wait(reason, on), until);
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

    void ConsiderEquipment(int operation, Action<WaitReason, string?, int> consider)
    {
        var before = solution.Previous[operation];
        var equipment = model.AlternativeEquipment[solution.Alternative[operation]];
        var free = before < 0 ? 0 : solution.End[before];
        var setup = solution.SetupSeconds(model, operation, equipment);
        var id = before < 0 ? null : Id(before);
        var ready = model.EquipmentCalendar[equipment].After(free, setup);
        consider(setup > 0 ? WaitReason.Setup : WaitReason.Equipment, id, ready);
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
        foreach (var arc in model.Successors(operation))
            if (model.HasMaxLag(arc)) return new Wait(WaitReason.MaximumLag, Id(model.ArcTo[arc]));
        var demand = model.DemandOffset[alternative];
        return demand < model.DemandOffset[alternative + 1]
            ? new Wait(WaitReason.Resource, model.Source.Resources[model.DemandResource[demand]].Id)
            : new Wait(WaitReason.Sequence);
    }

    string Id(int operation) => model.Operations[operation].Id;
}
