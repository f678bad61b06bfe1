using Mes.Kernel;
using Mes.Quality.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Quality.Features.Nonconformances;

static class ShowNonconformanceEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/nonconformances/{id:guid}", Handle).Named("showNonconformance", "Show a nonconformance")
            .RequireAuthorization(Permissions.ReadQuality);

    static async Task<NonconformanceView> Handle(Guid id, QualityDb db, CancellationToken ct) =>
        NonconformanceView.Of(await db.Nonconformances.AsNoTracking().Include(found => found.Dispositions)
            .SingleOrDefaultAsync(found => found.Id == id, ct) ?? throw RuleViolation.NotFound("nonconformance", id));
}
