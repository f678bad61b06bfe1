using Mes.Kernel;

namespace Mes.Equipment.Domain;

/// <summary>
/// What one report says an equipment did. Records come late, repeated and in any order; they overlap freely, because
/// actual work is not exclusive.
/// </summary>
/// <param name="Id">Identity of the record; the same id again is the same record.</param>
/// <param name="EquipmentId">The equipment it speaks of.</param>
/// <param name="State">Run, setup or breakdown; never "not reported".</param>
/// <param name="Time">When; empty is legal (it claims no time), ongoing while not ended.</param>
/// <param name="SourceReportId">The report it came with, to which a figure is drilled down.</param>
/// <param name="IsReversed">
/// True on a counter-report: every record of the same source report counts for nothing, whichever came first.
/// </param>
/// <exception cref="ArgumentException"><paramref name="State"/> is no activity.</exception>
public sealed record ActivityRecord(
    Guid Id,
    string EquipmentId,
    EquipmentState State,
    TimeRange Time,
    Guid SourceReportId,
    bool IsReversed = false)
{
    /// <summary>Run, setup or breakdown.</summary>
    public EquipmentState State { get; } = State is EquipmentState.NotReported || !Enum.IsDefined(State)
        ? throw new ArgumentException($"{State} is not an activity that can be reported.", nameof(State))
        : State;
}
