using Mes.Scheduling.Data;

namespace Mes.Scheduling.Features.Moves;

/// <summary>An operation that is pinned to its place.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Equipment">Code of the equipment it is pinned to.</param>
/// <param name="StartsAt">Start of its run, UTC.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record LockView(Guid OperationId, string Equipment, DateTimeOffset StartsAt, string? Reason)
{
    internal static LockView Of(LockedOperation pin) => new(pin.OperationId, pin.Equipment, pin.StartsAt, pin.Reason);
}
