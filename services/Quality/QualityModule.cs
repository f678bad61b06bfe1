using Mes.Contracts;
using Mes.Jobs;
using Mes.Quality.Data;
using Mes.Quality.Features.Holds;
using Mes.Quality.Features.Inspections;
using Mes.Quality.Features.Nonconformances;
using Mes.Quality.Features.Orders;
using Mes.Quality.Features.Plans;
using Mes.Web.Hosting;

namespace Mes.Quality;

/// <summary>Composition root of Quality.</summary>
public static class QualityModule
{
    /// <summary>Adds the service: database <c>quality</c>, consumers, validators.</summary>
    public static void AddQuality(this WebApplicationBuilder builder)
    {
        builder.AddJobs<QualityDb>("quality");
        builder.AddService<QualityDb>("quality", consumers => consumers
            .AddBatch<OnProductionReported, ProductionReported>("quality-inspect-production")
            .Add<OnWorkOrderChanged, WorkOrderChanged>("quality-follow-order"));
    }

    /// <summary>Maps the endpoints under <c>/api/quality</c>.</summary>
    public static void MapQuality(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<QualityDb>("quality");
        app.MapJobs<QualityDb>();
        ListPlansEndpoint.Map(api);
        ShowPlanEndpoint.Map(api);
        DefinePlanEndpoint.Map(api);
        ListInspectionsEndpoint.Map(api);
        ShowInspectionEndpoint.Map(api);
        RecordMeasurementsEndpoint.Map(api);
        GiveVerdictEndpoint.Map(api);
        ListHoldsEndpoint.Map(api);
        PlaceHoldEndpoint.Map(api);
        ReleaseHoldEndpoint.Map(api);
        ListNonconformancesEndpoint.Map(api);
        SummarizeNonconformancesEndpoint.Map(api);
        ShowNonconformanceEndpoint.Map(api);
        DisposeNonconformanceEndpoint.Map(api);
        CloseNonconformanceEndpoint.Map(api);
    }
}
