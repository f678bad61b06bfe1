using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.Andon;

/// <summary>Takes back a call that was made by mistake.</summary>
/// <param name="Note">Why; for the audit.</param>
public sealed record WithdrawAndon(string? Note = null);

sealed class WithdrawAndonValidator : AbstractValidator<WithdrawAndon>
{
    public WithdrawAndonValidator() => RuleFor(request => request.Note).IsReason();
}

static class WithdrawAndonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/andon-calls/{id:guid}/withdraw", Handle).Named("withdrawAndon", "Take back a call that was made by mistake")
            .RequireAuthorization(Permissions.ReportEquipment);

    static Task<Ok<AndonCallView>> Handle(
        Guid id, WithdrawAndon request, EquipmentDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        db.Reason = request.Note;
        return db.Change(id, call => call.Withdraw(caller.Name, clock.GetUtcNow()), ct);
    }
}
