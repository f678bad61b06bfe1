using FluentValidation;
using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;

namespace Mes.Quality.Features.Nonconformances;

/// <summary>Decides what becomes of a part of a nonconformance, or of all of it.</summary>
/// <param name="Kind">What becomes of the pieces.</param>
/// <param name="Quantity">How many, &gt; 0, at most what is undecided.</param>
/// <param name="Reason">Why.</param>
public sealed record DisposeNonconformance(DispositionKind Kind, decimal Quantity, string Reason);

sealed class DisposeNonconformanceValidator : AbstractValidator<DisposeNonconformance>
{
    public DisposeNonconformanceValidator()
    {
        RuleFor(request => request.Quantity).IsPositiveQuantity();
        RuleFor(request => request.Reason).IsGivenReason();
    }
}

/// <summary>
/// Records a disposition; the order is told: what is scrapped or sent back is its scrap and leaves stock, what is used as it is
/// is good, what is worked on is reported anew.
/// </summary>
static class DisposeNonconformanceEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/nonconformances/{id:guid}/dispositions", Handle)
            .Named("disposeNonconformance", "Decide what becomes of nonconforming pieces")
            .RequireAuthorization(Permissions.Disposition);

    static async Task<NonconformanceView> Handle(
        Guid id, DisposeNonconformance request, QualityDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var found = await db.LockNonconformance(id, ct) ?? throw RuleViolation.NotFound("nonconformance", id);
        found.Dispose(request.Kind, request.Quantity, request.Reason, caller.Name, clock.GetUtcNow());
        db.Reason = request.Reason;
        db.PublishJudgement(found, $"{request.Kind} {request.Quantity:0.######}, {request.Reason}");
        return NonconformanceView.Of(found);
    }
}
