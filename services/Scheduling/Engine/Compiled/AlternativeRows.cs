namespace Mes.Scheduling.Engine.Compiled;

/// <summary>Growing lists behind the alternatives and demands of <see cref="CompiledModel"/>.</summary>
sealed class AlternativeRows
{
    readonly List<int> _offset = [0], _equipment = [], _duration = [], _family = [];
    readonly List<CompiledCalendar> _calendar = [];
    readonly List<int> _demandOffset = [0], _demandResource = [], _demandQuantity = [];

    /// <summary>A demand of the alternative that is added next.</summary>
    public void AddDemand(int resource, int quantity)
    {
        _demandResource.Add(resource);
        _demandQuantity.Add(quantity);
    }

    public void Add(int equipment, int duration, int family, CompiledCalendar calendar)
    {
        _equipment.Add(equipment);
        _duration.Add(duration);
        _family.Add(family);
        _calendar.Add(calendar);
        _demandOffset.Add(_demandResource.Count);
    }

    public void EndOperation() => _offset.Add(_equipment.Count);

    public void MoveTo(CompiledModel compiled)
    {
        compiled.AlternativeOffset = [.. _offset];
        compiled.AlternativeEquipment = [.. _equipment];
        compiled.AlternativeDuration = [.. _duration];
        compiled.AlternativeFamily = [.. _family];
        compiled.AlternativeCalendar = [.. _calendar];
        compiled.DemandOffset = [.. _demandOffset];
        compiled.DemandResource = [.. _demandResource];
        compiled.DemandQuantity = [.. _demandQuantity];
    }
}
