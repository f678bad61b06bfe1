using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Discrepancies;

/// <summary>Settles a discrepancy.</summary>
/// <param name="Settlement">What was found and done.</param>
public sealed record SettleDiscrepancy(string Settlement);

sealed class SettleDiscrepancyValidator : AbstractValidator<SettleDiscrepancy>
{
    public SettleDiscrepancyValidator() =>
        RuleFor(settle => settle.Settlement).NotEmpty().WithMessage("Say what was found.").IsReason();
}

static class SettleDiscrepancyEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/discrepancies/{id:guid}/settle", Handle)
            .Named("settleDiscrepancy", "Close a discrepancy with its explanation")
            .RequireAuthorization(Permissions.FollowUpWorkOrders);

    static async Task<Ok<DiscrepancyView>> Handle(
        Guid id, SettleDiscrepancy request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        // of two people who settle it the second is told of the first
        var discrepancy = await db.Discrepancies.FromSql($"SELECT * FROM discrepancy WHERE id = {id} FOR UPDATE")
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("discrepancy", id);
        db.Reason = request.Settlement;
        discrepancy.Settle(request.Settlement, clock.GetUtcNow());
        return TypedResults.Ok((await DiscrepancyContext.Of([discrepancy], db, ct)).View(discrepancy));
    }
}
