using Mes.Contracts;
using Mes.Jobs;
using Mes.Scheduling.Data;
using Mes.Scheduling.Features;
using Mes.Scheduling.Features.Demand;
using Mes.Scheduling.Features.MasterData;
using Mes.Scheduling.Features.Moves;
using Mes.Scheduling.Features.OrderPromising;
using Mes.Scheduling.Features.Planning;
using Mes.Scheduling.Features.Runs;
using Mes.Scheduling.Features.Scenarios;
using Mes.Web;

namespace Mes.Scheduling;

/// <summary>Composes the scheduling service.</summary>
public static class SchedulingModule
{
    /// <summary>Adds database, consumers and the planning jobs: full at night, incremental every 15 minutes.</summary>
    public static void AddScheduling(this WebApplicationBuilder builder)
    {
        builder.AddService<SchedulingDb>("scheduling", consumers => consumers
            .Add<OnWorkOrderChanged, WorkOrderChanged>("scheduling-take-demand")
            .Add<OnProductionReported, ProductionReported>("scheduling-track-progress")
            .Add<OnEquipmentChanged, EquipmentChanged>("scheduling-know-equipment")
            .Add<OnEquipmentAvailabilityChanged, EquipmentAvailabilityChanged>("scheduling-heed-downtime")
            .Add<OnMaterialAvailabilityChanged, MaterialAvailabilityChanged>("scheduling-heed-shortages")
            .Add<OnQualityHoldChanged, QualityHoldChanged>("scheduling-heed-hold")
            .Add<OnRoutingDefined, RoutingDefined>("scheduling-know-routing"));
        builder.Services.AddScoped<PlanBook>();
        builder.Services.AddScoped<ScenarioBook>();
        builder.Services.AddScoped<ScenarioPlanner>();
        builder.Services.AddScoped<PlanningEvents>();
        builder.Services.AddSingleton<PlanningInput>();
        builder.Services.AddSingleton<RunBook>();
        builder.Services.AddSingleton<EngineProcess>();
        builder.Services.AddHostedService<ShiftAtOnce>();
        builder.Services.AddSingleton<RunSignal>();
        builder.Services.AddSingleton<RunStarter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunStarter>());
        builder.AddJobs<SchedulingDb>("scheduling", workers: 4)
            .Add<PlanProduction>(RunBook.JobKey).Link(RunBook.JobKey, run => $"/api/scheduling/runs/{run}")
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
