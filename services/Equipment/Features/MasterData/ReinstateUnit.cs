using FluentValidation;
using Mes.Equipment.Data;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Equipment.Features.MasterData;

/// <summary>Brings a retired unit back into use.</summary>
/// <param name="Reason">Why.</param>
public sealed record ReinstateUnit(string Reason);

sealed class ReinstateUnitValidator : AbstractValidator<ReinstateUnit>
{
    public ReinstateUnitValidator() =>
        RuleFor(unit => unit.Reason).IsGivenReason();
}

static class ReinstateUnitEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/units/{code}/reinstate", Handle).Named("reinstateUnit", "Bring a retired unit back")
            .RequireAuthorization(Permissions.ManageEquipment);

    static Task<Ok<UnitView>> Handle(
        Code code, ReinstateUnit request, EquipmentDb db, Timeline timeline, CancellationToken ct) =>
        UnitRetirement.Change(code, request.Reason, unit => unit.Reinstate(), db, timeline, ct);
}
