using FluentValidation;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Inspections;

/// <summary>Which inspections are asked for.</summary>
/// <param name="Status">Where they stand, or absent for all.</param>
/// <param name="Order">Number of the work order, or absent for all.</param>
/// <param name="Plan">Code of the plan, or absent for all.</param>
public sealed record InspectionFilter(InspectionStatus? Status, Code? Order, Code? Plan);

sealed class InspectionFilterValidator : AbstractValidator<InspectionFilter>
{
    public InspectionFilterValidator() => RuleFor(filter => filter.Status).IsInEnum();
}

/// <summary>Lists inspections, newest first.</summary>
static class ListInspectionsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/inspections", Handle).Named("listInspections", "List the inspections")
            .RequireAuthorization(Permissions.ReadQuality);

    /// <summary>The newest first; the time is that at which they were opened.</summary>
    static async Task<Page<InspectionView>> Handle(
        [AsParameters] InspectionFilter filter, [AsParameters] TimeFilter opened, [AsParameters] PageRequest page, QualityDb db,
        CancellationToken ct)
    {
        var before = page.AfterNumber(first: long.MaxValue);
        var rows = await db.Inspections.AsNoTracking().In(opened, row => row.OpenedAt).Where(row => row.Serial < before)
            .Where(row => filter.Status == null || row.Status == filter.Status)
            .Where(row => filter.Order == null || row.OrderNumber == filter.Order)
            .Where(row => filter.Plan == null || row.PlanCode == filter.Plan)
            .OrderByDescending(row => row.Serial).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of([.. rows.Select(InspectionView.Of)], page.Size, last => last.Number["INS-".Length..]);
    }
}
