using Mes.Contracts;
using Mes.Hosting;
using Mes.Quality.Data;
using Mes.Quality.Features.FollowOrder;
using Mes.Quality.Features.InspectProduction;
using Mes.Quality.Features.ListNonconformances;
using Mes.Quality.Features.SummarizeNonconformances;

namespace Mes.Quality;

/// <summary>Composition root of Quality.</summary>
public static class QualityModule
{
    /// <summary>Adds the service: database <c>quality</c>, consumers, validators.</summary>
    public static void AddQuality(this WebApplicationBuilder builder) => builder.AddService<QualityDb>("quality", consumers => consumers
        .Add<InspectProduction, ProductionReported>("quality-inspect-production")
        .Add<FollowOrder, WorkOrderChanged>("quality-follow-order"));

    /// <summary>Maps the endpoints under <c>/api/quality</c>.</summary>
    public static void MapQuality(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<QualityDb>("quality");
        ListNonconformancesEndpoint.Map(api);
        SummarizeNonconformancesEndpoint.Map(api);
    }
}
