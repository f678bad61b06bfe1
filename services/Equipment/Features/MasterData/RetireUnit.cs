using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.MasterData;

/// <summary>
/// Takes a unit out of use, as when it is scrapped: no new work, its history stays, its code stays taken.
/// </summary>
/// <param name="Reason">Why.</param>
public sealed record RetireUnit(string Reason);

sealed class RetireUnitValidator : AbstractValidator<RetireUnit>
{
    public RetireUnitValidator() => RuleFor(unit => unit.Reason).IsGivenReason();
}

static class RetireUnitEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/units/{code}/retire", Handle).Named("retireUnit", "Retire a unit of equipment")
            .RequireAuthorization(Permissions.ManageEquipment);

    static Task<Ok<UnitView>> Handle(
        Code code, RetireUnit request, EquipmentDb db, Timeline timeline, TimeProvider clock, CancellationToken ct) =>
        UnitRetirement.Change(code, request.Reason, unit => unit.Retire(clock.GetUtcNow()), db, timeline, ct);
}
