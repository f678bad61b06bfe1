using Mes.Contracts;
using Mes.Equipment.Domain;

namespace Mes.Equipment.Features.Andon;

/// <summary>A call for help from the floor.</summary>
/// <param name="Id">Identity: the id of the command.</param>
/// <param name="Kind">What is called for.</param>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="Order">Number of the order that is worked on, or null.</param>
/// <param name="Operation">Code of that order's operation, or null.</param>
/// <param name="Note">What the caller says, or null.</param>
/// <param name="CalledBy">Who calls.</param>
/// <param name="CalledAt">When it was called, UTC.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Role">The role that is called now.</param>
/// <param name="AcknowledgedBy">Who comes, or null.</param>
/// <param name="AcknowledgedAt">Since when, UTC, or null.</param>
/// <param name="ClosedBy">Who dealt with it, or took it back; null while it is open.</param>
/// <param name="ClosedAt">When, UTC, or null.</param>
/// <param name="Resolution">What was done, or null.</param>
/// <param name="ResponseSeconds">From the call until somebody came, seconds; null while nobody does.</param>
/// <param name="RepairSeconds">From then until it was dealt with, seconds; null before.</param>
public sealed record AndonCallView(
    Guid Id, AndonKind Kind, string Equipment, string? Order, string? Operation, string? Note, string CalledBy,
    DateTimeOffset CalledAt, AndonStatus Status, string Role, string? AcknowledgedBy, DateTimeOffset? AcknowledgedAt,
    string? ClosedBy, DateTimeOffset? ClosedAt, string? Resolution, decimal? ResponseSeconds, decimal? RepairSeconds)
{
    internal static AndonCallView Of(AndonCall call) => new(
        call.Id, call.Kind, call.Equipment, call.OrderNumber, call.OperationCode, call.Note, call.CalledBy, call.CalledAt,
        call.Status, call.Role, call.AcknowledgedBy, call.AcknowledgedAt, call.ClosedBy, call.ClosedAt, call.Resolution,
        call.ResponseSeconds, call.RepairSeconds);
}
