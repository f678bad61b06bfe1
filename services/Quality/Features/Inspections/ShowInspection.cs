using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Inspections;

/// <summary>A measurement, judged.</summary>
/// <param name="Position">Its place in the order of recording; of two for one piece and characteristic the later counts.</param>
/// <param name="Sample">The sampled piece, from 1.</param>
/// <param name="Characteristic">Code of the characteristic.</param>
/// <param name="Value">The value of a variable, in the characteristic's unit.</param>
/// <param name="Conforms">Whether an attribute conforms.</param>
/// <param name="Judgement">What it says of the piece; the colour to show it in.</param>
/// <param name="RecordedBy">Who recorded it.</param>
/// <param name="RecordedAt">When, UTC.</param>
public sealed record MeasurementView(
    int Position, int Sample, string Characteristic, decimal? Value, bool? Conforms, Judgement Judgement, string RecordedBy,
    DateTimeOffset RecordedAt)
{
    /// <summary>Shows a measurement.</summary>
    public static MeasurementView Of(Measurement row) => new(
        row.Position, row.Sample, row.Characteristic, row.Value, row.Conforms, row.Judgement, row.RecordedBy, row.RecordedAt);
}

/// <summary>An inspection with all that belongs to it.</summary>
/// <param name="Inspection">The inspection.</param>
/// <param name="Plan">The plan as it was when the inspection was opened.</param>
/// <param name="Measurements">What was measured, in the order of recording.</param>
/// <param name="Proposal">What the measurements say.</param>
/// <param name="Holds">The holds it has placed.</param>
public sealed record InspectionDetail(
    InspectionView Inspection, PlanDefinition Plan, IReadOnlyList<MeasurementView> Measurements, VerdictProposal Proposal,
    IReadOnlyList<HoldView> Holds);

/// <summary>Shows one inspection.</summary>
static class ShowInspectionEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/inspections/{id:guid}", Handle).RequireAuthorization(Permissions.ReadQuality);

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
