namespace Mes.Scheduling.Engine.Model;

/// <summary>A machine or work unit (ISA-95 equipment) that performs one operation at a time.</summary>
/// <param name="Id">Unique among the model's equipment.</param>
public sealed record Equipment(string Id)
{
    /// <summary>Shifts, breaks and holes. Setups are worked in open time too and may pause while it is
    /// closed.</summary>
    public Calendar Calendar { get; init; } = Calendar.AlwaysOpen;

    /// <summary>Setup times between families; null where no operation needs a setup.</summary>
    public SetupMatrix? Setup { get; init; }

    /// <summary>Family for which the equipment is set up at the origin; null: the first operation needs no setup.
    /// An operation that is running at the origin takes its place.</summary>
    public string? InitialFamily { get; init; }
}

/// <summary>Sequence-dependent setup times. A setup may run before the work arrives; it needs no secondary
/// resource.</summary>
/// <param name="Families">The setup families, in the order of rows and columns.</param>
/// <param name="Seconds">Row by row: <c>Seconds[a][b]</c> is the setup, at least 0, when an operation of family
/// <c>b</c> directly follows one of family <c>a</c>.</param>
public sealed record SetupMatrix(IReadOnlyList<string> Families, IReadOnlyList<IReadOnlyList<int>> Seconds);

/// <summary>Something an operation needs beside its equipment: operators of a skill, a tool, a mould.</summary>
/// <param name="Id">Unique among the model's secondary resources.</param>
/// <param name="Capacity">Units that can be in use at the same time, at least 1.</param>
public sealed record SecondaryResource(string Id, int Capacity)
{
    /// <summary>When the resource is there. Work that needs it rests while it is away, or may not start if it cannot
    /// be split.</summary>
    public Calendar Calendar { get; init; } = Calendar.AlwaysOpen;

    /// <summary>True if a paused operation keeps it (a mould stays in the press); false if the pause frees it
    /// (an operator goes home).</summary>
    public bool HeldDuringPauses { get; init; }
}

/// <summary>An interruption that is known now: the equipment is closed during the window, whatever its calendar
/// says.</summary>
/// <param name="EquipmentId">The equipment that is down.</param>
/// <param name="Down">From when until when, as far as it is known.</param>
public sealed record Breakdown(string EquipmentId, Window Down);
