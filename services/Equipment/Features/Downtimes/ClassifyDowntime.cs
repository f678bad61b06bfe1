using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.Downtimes;

/// <summary>Gives a stop its reason.</summary>
/// <param name="Reason">Code of a leaf of the reason tree.</param>
/// <param name="SplitAt">
/// Null: the whole stop has this reason. Else the part in which this instant lies is cut there, and has it from there
/// on.
/// </param>
public sealed record ClassifyDowntime(string Reason, DateTimeOffset? SplitAt = null);

sealed class ClassifyDowntimeValidator : AbstractValidator<ClassifyDowntime>
{
    public ClassifyDowntimeValidator() => RuleFor(stop => stop.Reason).IsCode();
}

static class ClassifyDowntimeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/downtimes/{id:guid}/classify", Handle).Named("classifyDowntime", "Give a downtime its reason")
            .RequireAuthorization(Permissions.ReportEquipment);

    static async Task<Ok<DowntimeView>> Handle(
        Guid id, ClassifyDowntime request, DowntimeStore store, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        await store.RequireReason(request.Reason, ct);
        var downtime = await store.ForUpdate(id, ct);
        caller.MustServe(downtime.Equipment);
        downtime.Classify(request.Reason, request.SplitAt, clock.GetUtcNow());
        await store.Tell(downtime, ct);
        return TypedResults.Ok(DowntimeView.Of(downtime));
    }
}
