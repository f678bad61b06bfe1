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
/// <param name="Equipment">Code of the equipment that made the pieces, or absent for all.</param>
/// <param name="IsSelfInspection">Whether the operator checks the pieces, or absent for all.</param>
public sealed record InspectionFilter(
    InspectionStatus? Status, Code? Order, Code? Plan, Code? Equipment, bool? IsSelfInspection);

sealed class InspectionFilterValidator : AbstractValidator<InspectionFilter>
{
    public InspectionFilterValidator() => RuleFor(filter => filter.Status).IsInEnum();
}

/// <summary>What inspections are sorted by.</summary>
public enum InspectionSort
{
    /// <summary>Their number: the order in which they were opened.</summary>
    Number,
    /// <summary>The number of their order.</summary>
    Order,
    /// <summary>Their plan's code.</summary>
    Plan
}

static class ListInspectionsEndpoint
{
    static readonly SortedPages<Inspection, InspectionSort> Sorted =
        new SortedPages<Inspection, InspectionSort>(row => row.Id, isDescending: true)
            .By(InspectionSort.Number, row => row.Serial)
            .By(InspectionSort.Order, row => row.OrderNumber)
            .By(InspectionSort.Plan, row => row.PlanCode);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/inspections", Handle).Named("listInspections", "List the inspections")
            .RequireAuthorization(Permissions.ReadQuality);

    /// <summary>The newest first unless told; the time is that at which they were opened.</summary>
    static async Task<Page<InspectionView>> Handle(
        [AsParameters] InspectionFilter filter, [AsParameters] TimeFilter opened, [AsParameters] Sorting<InspectionSort> sorting,
        [AsParameters] PageRequest page, QualityDb db, CancellationToken ct)
    {
        var inspections = db.Inspections.AsNoTracking().In(opened, row => row.OpenedAt)
            .Where(row => filter.Order == null || row.OrderNumber == filter.Order)
            .Where(row => filter.Plan == null || row.PlanCode == filter.Plan)
            .Where(row => filter.Equipment == null || row.Equipment == filter.Equipment)
            .Where(row => filter.IsSelfInspection == null || row.IsSelfInspection == filter.IsSelfInspection);
        // as the index has it, which knows those that were not simply accepted
        if (filter.Status is { } status) inspections = inspections.Where(row => row.Status == EF.Constant(status));
        if (filter is not (null, null, null, null, null) || opened is not (null, null))
            inspections = await inspections.FoundFirst(ct);
        var rows = await Sorted.Take(inspections, sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, InspectionView.Of);
    }
}
