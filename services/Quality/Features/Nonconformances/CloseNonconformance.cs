using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Quality.Features.Nonconformances;

/// <summary>Closes a nonconformance whose whole quantity is decided on.</summary>
static class CloseNonconformanceEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/nonconformances/{id:guid}/close", Handle).Named("closeNonconformance", "Close a nonconformance")
            .RequireAuthorization(Permissions.Disposition);

    static async Task<NonconformanceView> Handle(Guid id, QualityDb db, TimeProvider clock, CancellationToken ct)
    {
        var found = await db.LockNonconformance(id, ct) ?? throw RuleViolation.NotFound("nonconformance", id);
        found.Close(clock.GetUtcNow());
        return NonconformanceView.Of(found);
    }
}
