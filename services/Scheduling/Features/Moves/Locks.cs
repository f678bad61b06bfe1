using FluentValidation;
using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Scheduling.Features.Moves;

/// <summary>Pins operations to the place they have in the plan in force.</summary>
/// <param name="OperationIds">The operations, 1 to 1,000.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record LockOperations(IReadOnlyList<Guid> OperationIds, string? Reason = null);

/// <summary>Lets the planner move operations again.</summary>
/// <param name="OperationIds">The operations, 1 to 1,000; those that are not pinned are passed over.</param>
public sealed record UnlockOperations(IReadOnlyList<Guid> OperationIds);

/// <summary>An operation that is pinned to its place.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Equipment">Code of the equipment it is pinned to.</param>
/// <param name="StartsAt">Start of its run, UTC.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record LockView(Guid OperationId, string Equipment, DateTimeOffset StartsAt, string? Reason)
{
    internal static LockView Of(LockedOperation pin) => new(pin.OperationId, pin.Equipment, pin.StartsAt, pin.Reason);
}

sealed class LockOperationsValidator : AbstractValidator<LockOperations>
{
    public LockOperationsValidator()
    {
        RuleFor(request => request.OperationIds).Must(ids => ids.Count is >= 1 and <= 1000)
            .WithMessage("Name 1 to 1000 operations.");
        RuleFor(request => request.Reason).IsReason();
    }
}

sealed class UnlockOperationsValidator : AbstractValidator<UnlockOperations>
{
    public UnlockOperationsValidator() =>
        RuleFor(request => request.OperationIds).Must(ids => ids.Count is >= 1 and <= 1000)
            .WithMessage("Name 1 to 1000 operations.");
}

static class LocksEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/locks", Lock).RequireAuthorization(Permissions.Plan);
        api.MapPost("/locks/release", Release).RequireAuthorization(Permissions.Plan);
        api.MapGet("/locks", List).RequireAuthorization(Permissions.ReadScheduling);
    }

    static async Task<Ok<List<LockView>>> Lock(
        LockOperations request, SchedulingDb db, PlanBook book, CancellationToken ct)
    {
        await book.TakeTurn(ct);
        var ids = request.OperationIds.Distinct().ToList();
        var planned = (await PlanRows.InForce((NpgsqlConnection)db.Database.GetDbConnection(), ids, ct))
            .ToDictionary(row => row.OperationId);
        var known = await db.Locks.Where(pin => ids.Contains(pin.OperationId)).ToDictionaryAsync(pin => pin.OperationId, ct);
        db.Reason = request.Reason;
        foreach (var id in ids)
        {
            var row = planned.GetValueOrDefault(id)
                ?? throw new RuleViolation("operation-not-planned", "Lock operations of the plan in force.", ("operation", id));
            var pin = known.GetValueOrDefault(id) ?? Add(db, known, id, row.Equipment);
            (pin.Equipment, pin.StartsAt, pin.Reason) = (row.Equipment, row.StartsAt, request.Reason);
        }
        await db.NoteChange(ct);
        return TypedResults.Ok(known.Values.OrderBy(pin => pin.OperationId).Select(LockView.Of).ToList());
    }

    static LockedOperation Add(SchedulingDb db, Dictionary<Guid, LockedOperation> known, Guid id, string equipment) =>
        known[id] = db.Locks.Add(new LockedOperation { OperationId = id, Equipment = equipment }).Entity;

    static async Task<NoContent> Release(UnlockOperations request, SchedulingDb db, CancellationToken ct)
    {
        db.Locks.RemoveRange(await db.Locks.Where(pin => request.OperationIds.Contains(pin.OperationId)).ToListAsync(ct));
        await db.NoteChange(ct);
        return TypedResults.NoContent();
    }

    static async Task<Page<LockView>> List(SchedulingDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.Locks.AsNoTracking().Where(pin => pin.OperationId > after)
            .OrderBy(pin => pin.OperationId).Take(page.Size + 1).Select(pin => LockView.Of(pin)).ToListAsync(ct);
        return Page.Of(rows, page.Size, pin => pin.OperationId.ToString());
    }
}
