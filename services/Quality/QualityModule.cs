using Mes.Contracts;
using Mes.Hosting;
using Mes.Jobs;
using Mes.Quality.Data;
using Mes.Quality.Features.CloseNonconformance;
using Mes.Quality.Features.DefinePlan;
using Mes.Quality.Features.DisposeNonconformance;
using Mes.Quality.Features.FollowOrder;
using Mes.Quality.Features.GiveVerdict;
using Mes.Quality.Features.InspectProduction;
using Mes.Quality.Features.ListHolds;
using Mes.Quality.Features.ListInspections;
using Mes.Quality.Features.ListNonconformances;
using Mes.Quality.Features.ListPlans;
using Mes.Quality.Features.PlaceHold;
using Mes.Quality.Features.RecordMeasurements;
using Mes.Quality.Features.ReleaseHold;
using Mes.Quality.Features.ShowInspection;
using Mes.Quality.Features.ShowNonconformance;
using Mes.Quality.Features.SummarizeNonconformances;

namespace Mes.Quality;

/// <summary>Composition root of Quality.</summary>
public static class QualityModule
{
    /// <summary>Adds the service: database <c>quality</c>, consumers, validators.</summary>
    public static void AddQuality(this WebApplicationBuilder builder)
    {
        builder.AddJobs<QualityDb>("quality");
        builder.AddService<QualityDb>("quality", consumers => consumers
            .Add<InspectProduction, ProductionReported>("quality-inspect-production")
            .Add<FollowOrder, WorkOrderChanged>("quality-follow-order"));
    }

    /// <summary>Maps the endpoints under <c>/api/quality</c>.</summary>
    public static void MapQuality(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<QualityDb>("quality");
        app.MapJobs<QualityDb>();
        ListPlansEndpoint.Map(api);
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
