using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Numbering;

/// <summary>
/// Removes a rule that has given no number yet: those of the product then follow the rule for all, and where there is none
/// either, they are numbered by nobody.
/// </summary>
static class RemoveNumberingEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapDelete("/numbering/{kind}", Handle).Named("removeNumbering", "Remove a numbering rule")
            .RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<NumberingView> Handle(
        NumberingKind kind, Code? product, WorkOrdersDb db, TimeProvider clock, CancellationToken ct)
    {
        var rule = await db.LockOwnRule(kind, product?.Value ?? "", ct)
            ?? throw RuleViolation.NotFound("numbering", kind, "kind");
        rule.RequireUnused();
        db.NumberingRules.Remove(rule);
        return NumberingView.Of(rule, clock.Today());
    }
}
