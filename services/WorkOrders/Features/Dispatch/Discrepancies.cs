using FluentValidation;
using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Hosting.Problems;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features;

/// <summary>Settles a discrepancy.</summary>
/// <param name="Settlement">What was found and done.</param>
public sealed record SettleDiscrepancy(string Settlement);

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

    static async Task<Page<Discrepancy>> List(
        WorkOrdersDb db, string? kind, Guid? order, bool? all, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterId();
        var rows = await db.Discrepancies.AsNoTracking()
            .Where(d => d.Id > after && (kind == null || d.Kind == kind) && (order == null || d.OrderId == order)
                && (all == true || d.SettledAt == null))
            .OrderBy(d => d.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }

    static async Task<Ok<Discrepancy>> Settle(
        Guid id, SettleDiscrepancy request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        var discrepancy = await db.Discrepancies.SingleOrDefaultAsync(d => d.Id == id, ct)
            ?? throw RuleViolation.NotFound("discrepancy", id);
        if (discrepancy.SettledAt is not null)
        {
            throw RuleViolation.Conflict("already-settled", "Somebody settled it before.", ("settlement", discrepancy.Settlement));
        }
        discrepancy.SettledAt = clock.GetUtcNow();
        discrepancy.Settlement = request.Settlement;
        return TypedResults.Ok(discrepancy);
    }
}
