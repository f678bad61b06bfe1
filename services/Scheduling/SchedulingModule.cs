using Mes.Contracts;
using Mes.Jobs;
using Mes.Scheduling.Data;
using Mes.Scheduling.Features.Adherence;
using Mes.Scheduling.Features.Board;
using Mes.Scheduling.Features.Demand;
using Mes.Scheduling.Features.Drafts;
using Mes.Scheduling.Features.MasterData;
using Mes.Scheduling.Features.Moves;
using Mes.Scheduling.Features.OrderPromising;
using Mes.Scheduling.Features.Planning;
using Mes.Scheduling.Features.Runs;
using Mes.Scheduling.Features.Scenarios;
using Mes.Web.Hosting;

namespace Mes.Scheduling;

/// <summary>Composes the scheduling service.</summary>
public static class SchedulingModule
{
    /// <summary>Adds database, consumers and the planning jobs: full at night, incremental every 15 minutes.</summary>
    public static void AddScheduling(this WebApplicationBuilder builder)
    {
        builder.AddService<SchedulingDb>("scheduling", consumers => consumers
            .Add<OnWorkOrderChanged, WorkOrderChanged>("scheduling-take-demand")
            .AddBatch<OnProductionReported, ProductionReported>("scheduling-track-progress")
            .Add<OnWorkChanged, WorkChanged>("scheduling-see-work")
            .Add<OnEquipmentChanged, EquipmentChanged>("scheduling-know-equipment")
            .Add<OnCalendarChanged, CalendarChanged>("scheduling-know-calendar")
            .Add<OnUnitCalendarChanged, UnitCalendarChanged>("scheduling-know-unit-calendar")
            .Add<OnEquipmentAvailabilityChanged, EquipmentAvailabilityChanged>("scheduling-heed-downtime")
            .Add<OnMaterialAvailabilityChanged, MaterialAvailabilityChanged>("scheduling-heed-shortages")
            .Add<OnQualityHoldChanged, QualityHoldChanged>("scheduling-heed-hold")
            .Add<OnRoutingDefined, RoutingDefined>("scheduling-know-routing"));
        builder.Services.AddScoped<PlanStore>();
        builder.Services.AddScoped<ScenarioStore>();
        builder.Services.AddScoped<DraftStore>();
        builder.Services.AddScoped<ProductionPlanner>();
        builder.Services.AddScoped<ScenarioPlanner>();
        builder.Services.AddScoped<PlanningEvents>();
        builder.Services.AddScoped<CalendarEvents>();
        builder.Services.AddSingleton<PlanningInput>();
        builder.Services.AddSingleton<Routings>();
        builder.Services.AddSingleton<RunStore>();
        builder.Services.AddSingleton<EngineProcess>();
        builder.Services.AddHostedService<ShiftAtOnce>();
        builder.Services.AddSingleton<RunSignal>();
        builder.Services.AddSingleton<EventSignal>();
        builder.Services.AddSingleton<RecentPlans>();
        builder.Services.AddSingleton<OpenOrders>();
        builder.Services.AddSingleton<RunStarter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunStarter>());
        builder.AddJobs<SchedulingDb>("scheduling", workers: 4)
            .Add<PlanProduction>(RunStore.JobKey).Link(RunStore.JobKey, run => $"/api/scheduling/runs/{run}")
            .Add<AskForPlan>(AskForPlan.Key, AskForPlan.Schedules);
    }

    /// <summary>Maps <c>/api/scheduling</c>.</summary>
    public static void MapScheduling(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<SchedulingDb>("scheduling");
        app.MapJobs<SchedulingDb>();
        api.AddEndpointFilter<RefusedModels>();
        ListCalendarsEndpoint.Map(api);
        DefineSetupTimesEndpoint.Map(api);
        ListSetupTimesEndpoint.Map(api);
        ShowSetupTimesEndpoint.Map(api);
        DefineResourceEndpoint.Map(api);
        ListResourcesEndpoint.Map(api);
        ShowResourceEndpoint.Map(api);
        ChangeSettingsEndpoint.Map(api);
        ShowSettingsEndpoint.Map(api);
        RequestPlanEndpoint.Map(api);
        ListSchedulesEndpoint.Map(api);
        ListPlansEndpoint.Map(api);
        ShowPlanEndpoint.Map(api);
        ListPlannedOperationsEndpoint.Map(api);
        ShowPlannedOperationEndpoint.Map(api);
        ListPlanChangesEndpoint.Map(api);
        ShowBoardEndpoint.Map(api);
        ListAdherenceEndpoint.Map(api);
        ListPlannedAndActualEndpoint.Map(api);
        ListWorkedTimesEndpoint.Map(api);
        ListLateOrdersEndpoint.Map(api);
        ListUnplannedOperationsEndpoint.Map(api);
        ListRunsEndpoint.Map(api);
        ShowRunEndpoint.Map(api);
        CancelRunEndpoint.Map(api);
        LockOperationsEndpoint.Map(api);
        UnlockOperationsEndpoint.Map(api);
        ListLocksEndpoint.Map(api);
        MoveOperationEndpoint.Map(api);
        UndoMoveEndpoint.Map(api);
        OpenDraftEndpoint.Map(api);
        ListDraftsEndpoint.Map(api);
        ShowDraftEndpoint.Map(api);
        AddStepEndpoint.Map(api);
        UndoStepEndpoint.Map(api);
        RedoStepEndpoint.Map(api);
        PublishDraftEndpoint.Map(api);
        DiscardDraftEndpoint.Map(api);
        PromiseDateEndpoint.Map(api);
        CreateScenarioEndpoint.Map(api);
        ListScenariosEndpoint.Map(api);
        ShowScenarioEndpoint.Map(api);
        ChangeScenarioEndpoint.Map(api);
        MoveInScenarioEndpoint.Map(api);
        UndoInScenarioEndpoint.Map(api);
        PlanScenarioEndpoint.Map(api);
        DiscardScenarioEndpoint.Map(api);
        CompareScenariosEndpoint.Map(api);
        PromoteScenarioEndpoint.Map(api);
    }
}
