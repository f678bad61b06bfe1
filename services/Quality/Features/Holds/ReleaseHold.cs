using FluentValidation;
using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;

namespace Mes.Quality.Features.Holds;

/// <summary>Releases a hold.</summary>
/// <param name="Reason">Why it may be used again.</param>
public sealed record ReleaseHold(string Reason);

sealed class ReleaseHoldValidator : AbstractValidator<ReleaseHold>
{
    public ReleaseHoldValidator() => RuleFor(request => request.Reason).IsGivenReason();
}

/// <summary>Releases a hold by hand, whoever placed it.</summary>
static class ReleaseHoldEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/holds/{id:guid}/release", Handle).Named("releaseHold", "Release a hold")
            .RequireAuthorization(Permissions.Disposition);

    static async Task<HoldView> Handle(
        Guid id, ReleaseHold request, QualityDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var hold = await db.LockHold(id, ct) ?? throw RuleViolation.NotFound("hold", id);
        hold.Release(request.Reason, caller.Name, clock.GetUtcNow());
        db.Reason = request.Reason;
        db.PublishHold(hold);
        return HoldView.Of(hold);
    }
}
