using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Inspections;

/// <summary>An inspection with all that belongs to it.</summary>
/// <param name="Inspection">The inspection.</param>
/// <param name="Plan">The plan as it was when the inspection was opened.</param>
/// <param name="Measurements">What was measured, in the order of recording.</param>
/// <param name="Proposal">What the measurements say.</param>
/// <param name="Holds">The holds it has placed.</param>
public sealed record InspectionDetail(
    InspectionView Inspection, PlanDefinition Plan, IReadOnlyList<MeasurementView> Measurements, VerdictProposal Proposal,
    IReadOnlyList<HoldView> Holds);

static class ShowInspectionEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/inspections/{id:guid}", Handle).Named("showInspection", "Show an inspection with its measurements")
            .RequireAuthorization(Permissions.ReadQuality);

    static async Task<InspectionDetail> Handle(Guid id, QualityDb db, CancellationToken ct)
    {
        var inspection = await db.Inspections.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct)
            ?? throw RuleViolation.NotFound("inspection", id);
        var measurements = await db.MeasurementsOf(id, ct);
        var holds = await db.Holds.AsNoTracking().Where(hold => hold.InspectionId == id).OrderBy(hold => hold.Id).ToListAsync(ct);
        return new InspectionDetail(
            InspectionView.Of(inspection), inspection.Plan, [.. measurements.Select(MeasurementView.Of)],
            VerdictProposal.From(inspection, measurements), [.. holds.Select(HoldView.Of)]);
    }
}
