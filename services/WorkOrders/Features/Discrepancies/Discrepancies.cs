using System.ComponentModel;
using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Discrepancies;

/// <summary>Settles a discrepancy.</summary>
/// <param name="Settlement">What was found and done.</param>
public sealed record SettleDiscrepancy(string Settlement);

/// <summary>Something the floor reported that the rules did not expect.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">sequence, over-quantity, qualification, material, order-not-open, equipment-down or equal-report.</param>
/// <param name="SubjectId">What it is about: a report, or an operation.</param>
/// <param name="OrderId">The order.</param>
/// <param name="OperationId">The operation.</param>
/// <param name="FoundAt">When it was found, UTC.</param>
/// <param name="SettledAt">When a person settled it, UTC, or null while open.</param>
/// <param name="Settlement">What the person said, or null.</param>
public sealed record DiscrepancyView(
    Guid Id, string Kind, Guid SubjectId, Guid OrderId, Guid OperationId, DateTimeOffset FoundAt, DateTimeOffset? SettledAt,
    string? Settlement)
{
    internal static DiscrepancyView Of(Discrepancy found) => new(found.Id, found.Kind, found.SubjectId, found.OrderId,
        found.OperationId, found.FoundAt, found.SettledAt, found.Settlement);
}

sealed class SettleDiscrepancyValidator : AbstractValidator<SettleDiscrepancy>
{
    public SettleDiscrepancyValidator() =>
        RuleFor(settle => settle.Settlement).NotEmpty().WithMessage("Say what was found.").MaximumLength(1000);
}

static class DiscrepanciesEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/discrepancies", List).RequireAuthorization(Permissions.ReadWorkOrders);
        api.MapPost("/discrepancies/{id:guid}/settle", Settle).RequireAuthorization(Permissions.ManageWorkOrders);
    }

    static async Task<Page<DiscrepancyView>> List(
        WorkOrdersDb db, string? kind, [Description("Only those of the order with this number.")] Code? order,
        [Description("Only those of the order with this id.")] Guid? orderId, bool? all, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.Discrepancies.AsNoTracking()
            .Where(d => d.Id > after && (kind == null || d.Kind == kind) && (all == true || d.SettledAt == null)
                && (orderId == null || d.OrderId == orderId)
                && (order == null || db.Orders.Any(o => o.Id == d.OrderId && o.Number == order)))
            .OrderBy(d => d.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows.ConvertAll(DiscrepancyView.Of), page.Size, row => row.Id.ToString());
    }

    static async Task<Ok<DiscrepancyView>> Settle(
        Guid id, SettleDiscrepancy request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        var discrepancy = await db.Discrepancies.SingleOrDefaultAsync(d => d.Id == id, ct)
            ?? throw RuleViolation.NotFound("discrepancy", id);
        if (discrepancy.SettledAt is not null)
        {
            throw RuleViolation.Conflict(
                "already-settled", "Somebody settled it before.", ("settlement", discrepancy.Settlement));
        }
        discrepancy.SettledAt = clock.GetUtcNow();
        discrepancy.Settlement = request.Settlement;
        return TypedResults.Ok(DiscrepancyView.Of(discrepancy));
    }
}
