using FluentValidation;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Discrepancies;

/// <summary>Settles a discrepancy as it is: what is missing is not posted any more, also not when stock comes.</summary>
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
            .RequireAuthorization(Permissions.AdjustInventory);

    static async Task<Ok<DiscrepancyView>> Handle(
        Guid id, SettleDiscrepancy request, InventoryDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var key = await db.Discrepancies.AsNoTracking().Where(row => row.Id == id)
            .Select(row => new LotKey(row.Material, row.Lot)).Cast<LotKey?>().SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("discrepancy", id);
        await db.ShareMaterials([key.Material], ct);
        await db.LockLots([key], null, ct);
        var discrepancy = await db.Discrepancies.SingleAsync(row => row.Id == id, ct);
        discrepancy.Settle(request.Settlement, caller.Name, clock.GetUtcNow());
        db.Reason = request.Settlement;
        await Accept(db, discrepancy, ct);
        return TypedResults.Ok(DiscrepancyView.Of(discrepancy));
    }

    /// <summary>The shortfall of the report's line is accepted: the lot may be settled without it.</summary>
    static async Task Accept(InventoryDb db, Discrepancy discrepancy, CancellationToken ct)
    {
        if (discrepancy.Kind == DiscrepancyKinds.BackflushShort)
        {
            // SQL: demands are rows of sums that only statements change; see StockWriter
            // Not audited: what follows from the settlement, which is told
            await db.Execute(
                """
                UPDATE component_demand SET spared = spared + @Quantity
                WHERE order_number = @OrderNumber AND material = @Material
                """, new { discrepancy.Quantity, discrepancy.OrderNumber, discrepancy.Material }, ct);
        }
        ProductionLineKind? kind = discrepancy.Kind switch
        {
            DiscrepancyKinds.ConsumptionShort => ProductionLineKind.Consumption,
            DiscrepancyKinds.ReversalShort => ProductionLineKind.Receipt,
            _ => null
        };
        if (kind is not null)
        {
            // SQL: the line and its lot are changed by what their rows say, under the lock of the lot
            // Not audited: what follows from the settlement, which is told
            await db.Execute(
                """
                UPDATE production_line SET accepted = accepted + short, short = 0
                WHERE report_id = @ReportId AND kind = @kind AND material = @Material AND lot = @Lot;
                UPDATE lot SET is_unsettled = EXISTS (
                    SELECT FROM production_line WHERE material = @Material AND lot = @Lot AND short > 0)
                WHERE material = @Material AND number = @Lot;
                """, new { discrepancy.ReportId, kind = kind.ToString(), discrepancy.Material, discrepancy.Lot }, ct);
        }
    }
}
