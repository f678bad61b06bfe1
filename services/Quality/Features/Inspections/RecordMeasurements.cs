using FluentValidation;
using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;

namespace Mes.Quality.Features.Inspections;

/// <summary>Records what a person or a device found at sampled pieces; all of it or, if any is refused, nothing.</summary>
/// <param name="Findings">1 to 1000 findings.</param>
public sealed record RecordMeasurements(IReadOnlyList<Finding> Findings);

sealed class RecordMeasurementsValidator : AbstractValidator<RecordMeasurements>
{
    const int FindingsMax = 1000;

    public RecordMeasurementsValidator()
    {
        RuleFor(request => request.Findings).Must(all => all.Count is > 0 and <= FindingsMax)
            .WithMessage($"Send 1 to {FindingsMax} findings at a time.");
        RuleForEach(request => request.Findings).ChildRules(finding =>
        {
            finding.RuleFor(row => row.Characteristic).IsCode();
            finding.RuleFor(row => row.Value).IsMeasure();
        });
    }
}

/// <summary>The findings, judged, and what all measurements so far say.</summary>
/// <param name="Measurements">The findings in the order they were sent.</param>
/// <param name="Proposal">What all measurements of the inspection say.</param>
public sealed record RecordedMeasurements(IReadOnlyList<MeasurementView> Measurements, VerdictProposal Proposal);

static class RecordMeasurementsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/inspections/{id:guid}/measurements", Handle)
            .Named("recordMeasurements", "Record measurements of an inspection")
            .RequireAuthorization(Permissions.Inspect);

    static async Task<RecordedMeasurements> Handle(
        Guid id, RecordMeasurements request, QualityDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var inspection = await db.LockInspection(id, ct) ?? throw RuleViolation.NotFound("inspection", id);
        caller.MustInspect(inspection);
        var recorded = inspection.Record(request.Findings, caller.Name, clock.GetUtcNow());
        var before = await db.MeasurementsOf(id, ct);
        db.Measurements.AddRange(recorded);
        return new RecordedMeasurements(
            [.. recorded.Select(MeasurementView.Of)], VerdictProposal.From(inspection, before.Concat(recorded)));
    }
}
