using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.Andon;

/// <summary>A call is dealt with.</summary>
/// <param name="Note">What was done, or null.</param>
public sealed record ResolveAndon(string? Note = null);

sealed class ResolveAndonValidator : AbstractValidator<ResolveAndon>
{
    public ResolveAndonValidator() => RuleFor(request => request.Note).IsReason();
}

static class ResolveAndonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/andon-calls/{id:guid}/resolve", Handle).Named("resolveAndon", "Say that a call is dealt with")
            .RequireAuthorization(Permissions.AnswerAndon);

    static Task<Ok<AndonCallView>> Handle(
        Guid id, ResolveAndon request, EquipmentDb db, Caller caller, TimeProvider clock, CancellationToken ct) =>
        db.Change(id, call => call.Resolve(caller.Name, request.Note, clock.GetUtcNow()), ct);
}
