using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Numbering;

/// <summary>
/// Says how orders, lots or serial numbers are numbered from now on, those of a product or all that have no rule of their own.
/// The counter goes on.
/// </summary>
/// <param name="Pattern">
/// Text, parts of the date, which is that of UTC, and one counter of at least so many digits: {yyyy}, {yy}, {MM}, {dd} and
/// {counter:4}, such as WO-{yyyy}{MM}-{counter:4}.
/// </param>
/// <param name="Reset">When the counter begins at 1 again; the pattern must then have the date down to that.</param>
/// <param name="Reason">Why, for the audit trail.</param>
public sealed record DefineNumbering(string Pattern, CounterReset Reset = CounterReset.None, string? Reason = null);

sealed class DefineNumberingValidator : AbstractValidator<DefineNumbering>
{
    public DefineNumberingValidator()
    {
        RuleFor(numbering => numbering.Pattern).IsName();
        RuleFor(numbering => numbering.Reset).IsInEnum();
        RuleFor(numbering => numbering.Reason).IsReason();
    }
}

static class DefineNumberingEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/numbering/{kind}", Handle).Named("defineNumbering", "Define how things are numbered")
            .RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<Ok<NumberingView>> Handle(
        NumberingKind kind, Code? product, DefineNumbering request, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        if (product is not null && !await db.Products.AnyAsync(known => known.Code == product, ct))
            throw RuleViolation.NotFound("product", product);
        var of = product?.Value ?? "";
        var rule = await db.LockOwnRule(kind, of, ct)
            ?? db.NumberingRules.Add(new NumberingRule { Kind = kind, Product = of }).Entity;
        db.Reason = request.Reason;
        rule.Define(request.Pattern, request.Reset, clock.Today());
        return TypedResults.Ok(NumberingView.Of(rule, clock.Today()));
    }
}
