using Mes.Contracts;
using Mes.Jobs;
using Mes.Web;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Features.Discrepancies;
using Mes.WorkOrders.Features.Dispatch;
using Mes.WorkOrders.Features.Erp;
using Mes.WorkOrders.Features.Genealogy;
using Mes.WorkOrders.Features.MasterData;
using Mes.WorkOrders.Features.Orders;
using Mes.WorkOrders.Features.Production;
using Mes.WorkOrders.Features.SignOns;
using Mes.WorkOrders.Features.Stops;
using Mes.WorkOrders.Features.Summary;

namespace Mes.WorkOrders;

/// <summary>Composes the work orders service.</summary>
public static class WorkOrdersModule
{
    /// <summary>Adds database, consumers and background work.</summary>
    public static void AddWorkOrders(this WebApplicationBuilder builder)
    {
        builder.AddService<WorkOrdersDb>("work-orders", consumers => consumers
            .Add<OnEquipmentChanged, EquipmentChanged>("workorders-know-equipment")
            .Add<OnResourceChanged, ResourceChanged>("workorders-know-resource")
            .Add<OnEquipmentAvailabilityChanged, EquipmentAvailabilityChanged>("workorders-heed-downtime")
            .Add<OnDowntimeRecorded, DowntimeRecorded>("workorders-book-downtime-labour")
            .Add<OnDowntimeWithdrawn, DowntimeWithdrawn>("workorders-withdraw-downtime")
            .Add<OnQualityHoldChanged, QualityHoldChanged>("workorders-heed-hold")
            .Add<OnMaterialAvailabilityChanged, MaterialAvailabilityChanged>("workorders-heed-shortages")
            .Add<OnPiecesJudged, PiecesJudged>("workorders-heed-judgement")
            .Add<OnMaterialIssued, MaterialIssued>("workorders-trace-issue")
            .Add<OnSchedulePublished, SchedulePublished>("workorders-take-plan"));
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
