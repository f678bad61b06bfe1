using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.MasterData;

/// <summary>
/// Says from when to when new orders may follow a revision; what it contains never changes. Orders that were made keep theirs.
/// </summary>
/// <param name="EffectiveFrom">From when on, UTC, or null: always.</param>
/// <param name="EffectiveTo">Until when, itself no more, UTC, after <paramref name="EffectiveFrom"/>, or null: for good.</param>
public sealed record ChangeEffectivity(DateTimeOffset? EffectiveFrom = null, DateTimeOffset? EffectiveTo = null);

sealed class ChangeEffectivityValidator : AbstractValidator<ChangeEffectivity>
{
    public ChangeEffectivityValidator()
    {
        RuleFor(dates => dates.EffectiveFrom!.Value).IsTime().When(dates => dates.EffectiveFrom is not null);
        RuleFor(dates => dates.EffectiveTo!.Value).IsTime().When(dates => dates.EffectiveTo is not null);
        RuleFor(dates => dates.EffectiveTo).Must((dates, to) => !(OrderDemand.Keep(to) <= OrderDemand.Keep(dates.EffectiveFrom)))
            .WithMessage("End it after it begins.");
    }
}

static class ChangeEffectivityEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/routings/{code}/{revision}/effectivity", Handle)
            .Named("changeEffectivity", "Say from when to when a revision is effective")
            .RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<Ok<RoutingView>> Handle(
        Code code, Code revision, ChangeEffectivity request, WorkOrdersDb db, CancellationToken ct)
    {
        // SQL: a row lock, so that of two changes the later one is what the audit ends with
        var routing = await db.Routings.FromSql(
            $"SELECT * FROM routing WHERE code = {code.Value} AND revision = {revision.Value} FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("routing", $"{code}/{revision}");
        routing.BeEffective(request.EffectiveFrom, request.EffectiveTo);
        return TypedResults.Ok(RoutingView.Of(routing, await KnownCodes.In([routing], db, ct)));
    }
}
