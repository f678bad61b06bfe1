using FluentValidation;
using Mes.Kernel;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
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

sealed class LockOperationsValidator : AbstractValidator<LockOperations>
{
    public LockOperationsValidator()
    {
        RuleFor(request => request.OperationIds).Must(ids => ids.Count is >= 1 and <= 1000)
            .WithMessage("Name 1 to 1000 operations.");
        RuleFor(request => request.Reason).IsReason();
    }
}

static class LockOperationsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/locks", Handle).Named("lockOperations", "Lock operations to their place in the plan")
            .RequireAuthorization(Permissions.MovePlanned);

    static async Task<Ok<List<LockView>>> Handle(
        LockOperations request, SchedulingDb db, PlanStore plans, CancellationToken ct)
    {
        await plans.TakeTurn(ct);
        var ids = request.OperationIds.Distinct().ToList();
        var planned = (await PlanRows.InForce((NpgsqlConnection)db.Database.GetDbConnection(), ids, ct))
            .ToDictionary(row => row.OperationId);
        var known = await db.Locks.Where(pin => ids.Contains(pin.OperationId)).ToDictionaryAsync(pin => pin.OperationId, ct);
        db.Reason = request.Reason;
        foreach (var id in ids)
        {
            var row = planned.GetValueOrDefault(id)
                ?? throw new RuleViolation("operation-not-planned", "Lock operations of the plan in force.", ("operation", id));
            var pin = known.GetValueOrDefault(id) ?? Add(db, known, row);
            pin.MoveTo(row.Equipment, row.StartsAt);
            pin.Explain(request.Reason);
        }
        await db.NoteChange(ct);
        return TypedResults.Ok(known.Values.OrderBy(pin => pin.OperationId).Select(LockView.Of).ToList());
    }

    static LockedOperation Add(SchedulingDb db, Dictionary<Guid, LockedOperation> known, PlanRow row) =>
        known[row.OperationId] = db.Locks.Add(new LockedOperation(row.OperationId, row.Equipment, row.StartsAt)).Entity;
}
