using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.Andon;

/// <summary>Somebody comes.</summary>
/// <param name="Note">What else is to be said; for the audit.</param>
public sealed record AcknowledgeAndon(string? Note = null);

sealed class AcknowledgeAndonValidator : AbstractValidator<AcknowledgeAndon>
{
    public AcknowledgeAndonValidator() => RuleFor(request => request.Note).IsReason();
}

static class AcknowledgeAndonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/andon-calls/{id:guid}/acknowledge", Handle).Named("acknowledgeAndon", "Say that somebody comes")
            .RequireAuthorization(Permissions.AnswerAndon);

    static Task<Ok<AndonCallView>> Handle(
        Guid id, AcknowledgeAndon request, EquipmentDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        db.Reason = request.Note;
        return db.Change(id, call => call.Acknowledge(caller.Name, clock.GetUtcNow()), ct);
    }
}
