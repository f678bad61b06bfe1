using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Stock;

/// <summary>A movement of stock: never changed, undone by its counter-movement only.</summary>
public sealed record MovementView
{
    /// <summary>Identity.</summary>
    public required Guid Id { get; init; }
    /// <summary>One of <see cref="MovementKinds"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>What caused it: a command or a production report.</summary>
    public required string SourceKind { get; init; }
    /// <summary>Identity of what caused it.</summary>
    public required string SourceId { get; init; }
    /// <summary>Number of the work order, or null.</summary>
    public required string? Order { get; init; }
    /// <summary>Code of the order's operation that it is for, or null where nobody said.</summary>
    public required string? Operation { get; init; }
    /// <summary>The component that it is used in place of, or null.</summary>
    public required string? InsteadOf { get; init; }
    /// <summary>The movement that it undoes, or null.</summary>
    public required Guid? Reverses { get; init; }
    /// <summary>Why, or null where nobody said.</summary>
    public required string? Reason { get; init; }
    /// <summary>The paper it came with, or null.</summary>
    public required string? Reference { get; init; }
    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
    /// <summary>When it was posted, UTC.</summary>
    public required DateTimeOffset PostedAt { get; init; }
    /// <summary>Its entries; they sum to zero per material and lot.</summary>
    public required IReadOnlyList<MovementEntry> Entries { get; init; }

    internal static MovementView Of(Movement movement) => new()
    {
        Id = movement.Id, Kind = movement.Kind, SourceKind = movement.SourceKind, SourceId = movement.SourceId,
        Order = movement.OrderNumber, Operation = movement.Operation, InsteadOf = movement.InsteadOf,
        Reverses = movement.Reverses, Reason = movement.Reason, Reference = movement.Reference,
        OccurredAt = movement.OccurredAt, PostedAt = movement.PostedAt,
        Entries = [.. movement.Entries.Select(e => new MovementEntry(e.Line, e.Material, e.Lot, e.Location, e.Quantity))]
    };
}

/// <summary>One side of a movement.</summary>
/// <param name="Line">Number within the movement, from 1.</param>
/// <param name="Material">Material code.</param>
/// <param name="Lot">Lot number.</param>
/// <param name="Location">Location code.</param>
/// <param name="Quantity">Into the location where positive, out of it where negative; in the material's unit; never 0.</param>
public sealed record MovementEntry(int Line, string Material, string Lot, string Location, decimal Quantity);

static class ShowMovementEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/movements/{id:guid}", Get).Named("showMovement", "Show a movement with its entries")
            .RequireAuthorization(Permissions.ReadInventory);

    static async Task<MovementView> Get(Guid id, InventoryDb db, CancellationToken ct) => MovementView.Of(
        await db.Movements.AsNoTracking().Include(movement => movement.Entries.OrderBy(entry => entry.Line))
            .SingleOrDefaultAsync(movement => movement.Id == id, ct)
        ?? throw RuleViolation.NotFound("movement", id));
}
