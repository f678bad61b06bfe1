using FluentValidation;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Equipment.Features.Andon;

/// <summary>Calls for help. The command's id becomes the call's.</summary>
/// <param name="Kind">What is called for.</param>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="Order">Number of the order that is worked on, or null.</param>
/// <param name="Operation">Code of that order's operation, or null.</param>
/// <param name="Note">What else is to be said, or null.</param>
public sealed record CallAndon(
    AndonKind Kind, string Equipment, string? Order = null, string? Operation = null, string? Note = null);

sealed class CallAndonValidator : AbstractValidator<CallAndon>
{
    public CallAndonValidator()
    {
        RuleFor(call => call.Equipment).IsCode();
        RuleFor(call => call.Order).IsCodeOrNull();
        RuleFor(call => call.Operation).IsCodeOrNull();
        RuleFor(call => call.Note).IsReason();
    }
}

static class CallAndonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/andon-calls", Handle).Named("callAndon", "Call for help")
            .RequireAuthorization(Permissions.ReportEquipment);

    static async Task<Created<AndonCallView>> Handle(
        CallAndon request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, EquipmentDb db, Caller caller,
        TimeProvider clock, CancellationToken ct)
    {
        await db.RequireUnit(request.Equipment, ct);
        var call = db.AndonCalls.Add(new AndonCall
        {
            Id = commandId,
            Kind = request.Kind,
            Equipment = request.Equipment,
            OrderNumber = request.Order,
            OperationCode = request.Operation,
            Note = request.Note,
            CalledBy = caller.Name,
            CalledAt = clock.GetUtcNow(),
            CallerId = caller.SubjectId,
        }.By((await db.AllEscalations(ct)).Single(rule => rule.Kind == request.Kind))).Entity;
        db.Outbox.Add(call.ToContract());
        return TypedResults.Created((string?)null, AndonCallView.Of(call));
    }
}
