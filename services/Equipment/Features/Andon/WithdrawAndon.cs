using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.Andon;

/// <summary>Takes back a call that was made by mistake: who made it does, or who answers calls.</summary>
static class WithdrawAndonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/andon-calls/{id:guid}/withdraw", Handle).Named("withdrawAndon", "Take back a call that was made by mistake")
            .RequireAuthorization(Permissions.ReportEquipment);

    static Task<Ok<AndonCallView>> Handle(
        Guid id, AndonAnswer request, EquipmentDb db, Caller caller, TimeProvider clock, CancellationToken ct) =>
        db.Change(id, request.Note, call =>
        {
            call.MustBeOf(caller.SubjectId, caller.May(Permissions.AnswerAndon));
            call.Withdraw(caller.Name, clock.GetUtcNow());
        }, ct);
}
