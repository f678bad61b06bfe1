using Mes.Equipment.Domain;

namespace Mes.Equipment.Features.Downtimes;

/// <summary>A stretch of a downtime that has one reason.</summary>
/// <param name="StartedAt">First instant, UTC.</param>
/// <param name="EndedAt">When it ended, UTC; null while it lasts.</param>
/// <param name="Reason">Code of the reason; null where nobody has said one.</param>
public sealed record DowntimePartView(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Reason);

/// <summary>A downtime with its reasons over time.</summary>
/// <param name="Id">Id of the command that reported it.</param>
/// <param name="Equipment">Code of the unit that stood.</param>
/// <param name="StartedAt">First instant, UTC.</param>
/// <param name="EndedAt">When it was up again, UTC; null while it is down.</param>
/// <param name="ExpectedUpAt">When it is expected back, UTC, or null.</param>
/// <param name="Operator">Code of the operator whose work it was, or null.</param>
/// <param name="Order">The order that was worked on, or null.</param>
/// <param name="Operation">Code of its operation, or null.</param>
/// <param name="Parts">Its reasons over time.</param>
/// <param name="WithdrawnAt">When it was taken back, UTC; null while it counts.</param>
/// <param name="WithdrawalReason">Why it was taken back, or null.</param>
public sealed record DowntimeView(
    Guid Id, string Equipment, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? ExpectedUpAt,
    string? Operator, string? Order, string? Operation, IReadOnlyList<DowntimePartView> Parts,
    DateTimeOffset? WithdrawnAt, string? WithdrawalReason)
{
    internal static DowntimeView Of(Downtime stop) => new(
        stop.Id, stop.Equipment, stop.StartedAt, stop.EndedAt, stop.ExpectedUpAt, stop.Operator, stop.OrderNumber,
        stop.OperationCode,
        [.. stop.PartTimes().Select(part => new DowntimePartView(part.Time.Start, part.Time.End, part.Reason))],
        stop.Withdrawal?.WithdrawnAt, stop.Withdrawal?.Reason);
}
