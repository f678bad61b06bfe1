using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Equipment.Features.Downtimes;

/// <summary>
/// Takes back a stop that was reported by mistake, such as one with a wrong date: it counts for nothing.
/// </summary>
/// <param name="Reason">Why.</param>
public sealed record WithdrawDowntime(string Reason);

sealed class WithdrawDowntimeValidator : AbstractValidator<WithdrawDowntime>
{
    public WithdrawDowntimeValidator() =>
        RuleFor(undo => undo.Reason).IsGivenReason();
}

static class WithdrawDowntimeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/downtimes/{id:guid}/withdraw", Handle).Named("withdrawDowntime", "Take a wrong downtime back")
            .RequireAuthorization(Permissions.ReportEquipment);

    static async Task<Ok<DowntimeView>> Handle(
        Guid id, WithdrawDowntime request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, EquipmentDb db,
        DowntimeStore store, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var downtime = await store.ForUpdate(id, ct);
        store.RequireOwn(caller, downtime.Equipment, downtime.Operator);
        var mayAtAnyTime = caller.May(Permissions.ManageEquipment) || caller.May(Permissions.ActForOthers);
        downtime.Withdraw(commandId, request.Reason, clock.GetUtcNow(), mayAtAnyTime);
        db.Reason = request.Reason;
        await store.Withdraw(downtime, ct);
        return TypedResults.Ok(DowntimeView.Of(downtime));
    }
}
