using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.Andon;

/// <summary>A call is dealt with; the note says what was done.</summary>
static class ResolveAndonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/andon-calls/{id:guid}/resolve", Handle).Named("resolveAndon", "Say that a call is dealt with")
            .RequireAuthorization(Permissions.AnswerAndon);

    static Task<Ok<AndonCallView>> Handle(
        Guid id, AndonAnswer request, EquipmentDb db, Caller caller, TimeProvider clock, CancellationToken ct) =>
        db.Change(id, request.Note, call => call.Resolve(caller.Name, request.Note, clock.GetUtcNow()), ct);
}
