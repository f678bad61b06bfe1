using Mes.Contracts;
using Mes.Hosting;
using Mes.Jobs;
using Mes.Scheduling.Data;
using Mes.Scheduling.Features;

namespace Mes.Scheduling;

/// <summary>Composes the scheduling service.</summary>
public static class SchedulingModule
{
    /// <summary>Adds database, consumers and the planning jobs: full at night, incremental every 15 minutes.</summary>
    public static void AddScheduling(this WebApplicationBuilder builder)
    {
        builder.AddService<SchedulingDb>("scheduling", consumers => consumers
            .Add<TakeDemand, WorkOrderChanged>("scheduling-take-demand")
            .Add<TrackProgress, ProductionReported>("scheduling-track-progress")
            .Add<KnowEquipment, EquipmentChanged>("scheduling-know-equipment")
            .Add<HeedDowntime, EquipmentAvailabilityChanged>("scheduling-heed-downtime")
            .Add<HeedShortages, MaterialAvailabilityChanged>("scheduling-heed-shortages")
            .Add<HeedHold, QualityHoldChanged>("scheduling-heed-hold")
            .Add<KnowRouting, RoutingDefined>("scheduling-know-routing"));
        builder.Services.AddScoped<PlanBook>();
        builder.Services.AddScoped<ScenarioBook>();
        builder.Services.AddScoped<ScenarioPlanner>();
        builder.Services.AddScoped<PlanningEvents>();
        builder.Services.AddSingleton<PlanningInput>();
        builder.Services.AddSingleton<RunBook>();
        builder.Services.AddSingleton<EngineProcess>();
        builder.Services.AddHostedService<ShiftAtOnce>();
        builder.Services.AddSingleton<RunStarter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunStarter>());
        builder.AddJobs<SchedulingDb>("scheduling", workers: 4)
            .Add<PlanProduction>(PlanProduction.Key).Link(PlanProduction.Key, run => $"/api/scheduling/runs/{run}")
            .Add<AskForPlan>(AskForPlan.Key, AskForPlan.Schedules);
    }

    /// <summary>Maps <c>/api/scheduling</c>.</summary>
    public static void MapScheduling(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<SchedulingDb>("scheduling");
        app.MapJobs<SchedulingDb>();
        api.AddEndpointFilter<RefusedModels>();
        CalendarsEndpoint.Map(api);
        SetupTimesEndpoint.Map(api);
        ResourcesEndpoint.Map(api);
        SettingsEndpoint.Map(api);
        PlansEndpoint.Map(api);
        RunsEndpoint.Map(api);
        LocksEndpoint.Map(api);
        MovesEndpoint.Map(api);
        UndoMoveEndpoint.Map(api);
        PromiseDateEndpoint.Map(api);
        ScenariosEndpoint.Map(api);
        CompareScenariosEndpoint.Map(api);
        PromoteScenarioEndpoint.Map(api);
    }
}
