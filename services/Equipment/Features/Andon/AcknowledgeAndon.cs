using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.Andon;

/// <summary>Somebody comes.</summary>
static class AcknowledgeAndonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/andon-calls/{id:guid}/acknowledge", Handle).Named("acknowledgeAndon", "Say that somebody comes")
            .RequireAuthorization(Permissions.AnswerAndon);

    static Task<Ok<AndonCallView>> Handle(
        Guid id, AndonAnswer request, EquipmentDb db, Caller caller, TimeProvider clock, CancellationToken ct) =>
        db.Change(id, request.Note, call => call.Acknowledge(caller.Name, clock.GetUtcNow()), ct);
}
