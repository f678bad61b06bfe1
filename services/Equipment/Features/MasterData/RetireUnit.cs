using FluentValidation;
using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

/// <summary>
/// Takes a unit out of use, as when it is scrapped: no new work, its history stays, its code stays taken.
/// </summary>
/// <param name="Reason">Why.</param>
public sealed record RetireUnit(string Reason);

/// <summary>Brings a retired unit back into use.</summary>
/// <param name="Reason">Why.</param>
public sealed record ReinstateUnit(string Reason);

sealed class RetireUnitValidator : AbstractValidator<RetireUnit>
{
    public RetireUnitValidator() => RuleFor(unit => unit.Reason).NotEmpty().WithMessage("Say why.").MaximumLength(1000);
}

sealed class ReinstateUnitValidator : AbstractValidator<ReinstateUnit>
{
    public ReinstateUnitValidator() =>
        RuleFor(unit => unit.Reason).NotEmpty().WithMessage("Say why.").MaximumLength(1000);
}

static class RetireUnitEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/units/{code}/retire", Retire).RequireAuthorization(Permissions.ManageEquipment);
        api.MapPost("/units/{code}/reinstate", Reinstate).RequireAuthorization(Permissions.ManageEquipment);
    }

    static Task<Ok<UnitView>> Retire(
        Code code, RetireUnit request, EquipmentDb db, Timeline timeline, TimeProvider clock, CancellationToken ct) =>
        Change(code, request.Reason, unit => unit.Retire(clock.GetUtcNow()), db, timeline, ct);

    static Task<Ok<UnitView>> Reinstate(
        Code code, ReinstateUnit request, EquipmentDb db, Timeline timeline, CancellationToken ct) =>
        Change(code, request.Reason, unit => unit.Reinstate(), db, timeline, ct);

    static async Task<Ok<UnitView>> Change(
        Code code, string reason, Action<EquipmentUnit> change, EquipmentDb db, Timeline timeline,
        CancellationToken ct)
    {
        await timeline.Hold(code, ct);
        var unit = await db.Units.SingleOrDefaultAsync(row => row.Code == code, ct)
            ?? throw RuleViolation.NotFound("equipment-unit", code);
        change(unit);
        db.Reason = reason;
        db.Outbox.Add(unit.ToContract());
        return TypedResults.Ok(UnitView.Of(unit));
    }
}
