using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.Downtimes;

/// <summary>Says that the equipment is up again.</summary>
/// <param name="EndedAt">Since when.</param>
public sealed record EndDowntime(DateTimeOffset EndedAt);

sealed class EndDowntimeValidator : AbstractValidator<EndDowntime>
{
    public EndDowntimeValidator() => RuleFor(end => end.EndedAt).NotEmpty();
}

static class EndDowntimeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/downtimes/{id:guid}/end", Handle).Named("endDowntime", "End a downtime")
            .RequireAuthorization(Permissions.ReportEquipment);

    static async Task<Ok<DowntimeView>> Handle(
        Guid id, EndDowntime request, DowntimeStore store, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var downtime = await store.ForUpdate(id, ct);
        caller.MustServe(downtime.Equipment);
        downtime.End(request.EndedAt, clock.GetUtcNow());
        await store.Close(downtime, ct);
        return TypedResults.Ok(DowntimeView.Of(downtime));
    }
}
