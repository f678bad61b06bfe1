using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Operators;

static class ShowOperatorEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/operators/{code}", Handle).Named("showOperator", "Show an operator")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<OperatorView> Handle(Code code, WorkOrdersDb db, CancellationToken ct) => OperatorView.Of(
        await db.Operators.AsNoTracking().SingleOrDefaultAsync(person => person.Code == code, ct)
            ?? throw RuleViolation.NotFound("operator", code));
}
