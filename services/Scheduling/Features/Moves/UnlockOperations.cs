using FluentValidation;
using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Moves;

/// <summary>Lets the planner move operations again.</summary>
/// <param name="OperationIds">The operations, 1 to 1,000; those that are not pinned are passed over.</param>
public sealed record UnlockOperations(IReadOnlyList<Guid> OperationIds);

sealed class UnlockOperationsValidator : AbstractValidator<UnlockOperations>
{
    public UnlockOperationsValidator() =>
        RuleFor(request => request.OperationIds).Must(ids => ids.Count is >= 1 and <= 1000)
            .WithMessage("Name 1 to 1000 operations.");
}

static class UnlockOperationsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/locks/release", Handle).Named("unlockOperations", "Release locks")
            .RequireAuthorization(Permissions.MovePlanned);

    static async Task<NoContent> Handle(UnlockOperations request, SchedulingDb db, CancellationToken ct)
    {
        db.Locks.RemoveRange(await db.Locks.Where(pin => request.OperationIds.Contains(pin.OperationId)).ToListAsync(ct));
        await db.NoteChange(ct);
        return TypedResults.NoContent();
    }
}
