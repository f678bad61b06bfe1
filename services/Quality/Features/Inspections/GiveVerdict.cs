using FluentValidation;
using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;

namespace Mes.Quality.Features.Inspections;

/// <summary>Decides on the inspected quantity.</summary>
/// <param name="Verdict">Accept, reject or partial.</param>
/// <param name="AcceptedQuantity">Quantity that passes; needed for a partial verdict, else implied.</param>
/// <param name="RejectedQuantity">Quantity that does not; needed for a partial verdict, else implied.</param>
/// <param name="Reason">Why; needed where the verdict is not the proposed one.</param>
public sealed record GiveVerdict(
    Verdict Verdict, decimal? AcceptedQuantity = null, decimal? RejectedQuantity = null, string? Reason = null);

sealed class GiveVerdictValidator : AbstractValidator<GiveVerdict>
{
    public GiveVerdictValidator()
    {
        RuleFor(request => request.AcceptedQuantity).IsPart();
        RuleFor(request => request.RejectedQuantity).IsPart();
        RuleFor(request => request.Reason).IsReason();
    }
}

/// <summary>
/// Gives the verdict on an inspection. What passes is released; what does not is no longer good and opens a nonconformance, and
/// the lot and the next operation are held until a person releases them.
/// </summary>
static class GiveVerdictEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/inspections/{id:guid}/verdict", Handle).Named("giveVerdict", "Judge an inspection")
            .RequireAuthorization(Permissions.Inspect);

    static async Task<InspectionView> Handle(
        Guid id, GiveVerdict request, QualityDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var inspection = await db.LockInspection(id, ct) ?? throw RuleViolation.NotFound("inspection", id);
        caller.MustInspect(inspection);
        var proposal = VerdictProposal.From(inspection, await db.MeasurementsOf(id, ct));
        var inspector = new Inspector(caller.Name, caller.May(Permissions.Disposition));
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason;
        var now = clock.GetUtcNow();
        inspection.Decide(
            new Decision(request.Verdict, request.AcceptedQuantity, request.RejectedQuantity, reason), proposal, inspector, now);
        db.Reason = reason;

        var holds = await db.LockHoldsOf([id], ct);
        if (inspection.Status == InspectionStatus.Accepted)
        {
            holds.ForEach(hold => Release(db, hold, inspection, now));
        }
        else
        {
            var found = Nonconformance.Of(inspection, await db.NextNonconformanceSerial(ct), now);
            db.Nonconformances.Add(found);
            db.PublishJudgement(found, $"{inspection.Number} has failed");
            HoldUnlessHeld(db, holds, inspection, now);
        }
        return InspectionView.Of(inspection);
    }

    static void Release(QualityDb db, Hold hold, Inspection inspection, DateTimeOffset now)
    {
        hold.Release($"{inspection.Number} has passed", inspection.DecidedBy!, now);
        db.PublishHold(hold);
    }

    static void HoldUnlessHeld(QualityDb db, List<Hold> holds, Inspection inspection, DateTimeOffset now)
    {
        if (holds.Count > 0)
        {
            return;
        }
        var hold = Hold.Place(
            inspection.HoldTarget, $"{inspection.Number} has failed", inspection.DecidedBy!, now, inspection.Id);
        db.Holds.Add(hold);
        db.PublishHold(hold);
    }
}
