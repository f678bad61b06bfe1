using Mes.Contracts;
using Mes.Hosting;
using Mes.Jobs;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Features;

namespace Mes.WorkOrders;

/// <summary>Composes the work orders service.</summary>
public static class WorkOrdersModule
{
    /// <summary>Adds database, consumers and background work.</summary>
    public static void AddWorkOrders(this WebApplicationBuilder builder)
    {
        builder.AddService<WorkOrdersDb>("work-orders", consumers => consumers
            .Add<KnowEquipment, EquipmentChanged>("workorders-know-equipment")
            .Add<KnowResource, ResourceChanged>("workorders-know-resource")
            .Add<HeedDowntime, EquipmentAvailabilityChanged>("workorders-heed-downtime")
            .Add<BookDowntimeLabour, DowntimeRecorded>("workorders-book-downtime-labour")
            .Add<WithdrawDowntime, DowntimeWithdrawn>("workorders-withdraw-downtime")
            .Add<HeedHold, QualityHoldChanged>("workorders-heed-hold")
            .Add<HeedShortages, MaterialAvailabilityChanged>("workorders-heed-shortages")
            .Add<HeedJudgement, PiecesJudged>("workorders-heed-judgement")
            .Add<TraceIssue, MaterialIssued>("workorders-trace-issue")
            .Add<TakePlan, SchedulePublished>("workorders-take-plan"));
        builder.AddJobs<WorkOrdersDb>("work-orders");
        RowTypes.Register();
        builder.Services.AddScoped<ReportFacts>();
        builder.Services.AddScoped<ReportLedger>();
        builder.Services.AddScoped<ReportJudge>();
        builder.Services.AddScoped<ReportEntry>();
        builder.Services.AddScoped<ReportCorrection>();
        builder.Services.AddScoped<ReportUndo>();
        builder.Services.AddScoped<StopBook>();
        builder.Services.AddOpenApi("erp");
        builder.Services.AddHostedService<ConfirmationSequencer>();
    }

    /// <summary>Maps <c>/api/work-orders</c> and <c>/api/erp</c>.</summary>
    public static void MapWorkOrders(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<WorkOrdersDb>("work-orders");
        app.MapJobs<WorkOrdersDb>();
        DefineProductEndpoint.Map(api);
        DefineRoutingEndpoint.Map(api);
        DefineOperatorEndpoint.Map(api);
        OrdersEndpoint.Map(api);
        ChangeOrderEndpoint.Map(api);
        ChangeDemandEndpoint.Map(api);
        SignOnEndpoint.Map(api);
        ReportProductionEndpoint.Map(api);
        UndoReportEndpoint.Map(api);
        CompleteOperationEndpoint.Map(api);
        DispatchListEndpoint.Map(api);
        DiscrepanciesEndpoint.Map(api);
        GenealogyEndpoint.Map(api);
        SummaryEndpoint.Map(api);

        var erp = app.MapCommands<WorkOrdersDb>("erp");
        ErpOrdersEndpoint.Map(erp);
        ConfirmationsEndpoint.Map(erp);
    }
}
