using Mes.Contracts;
using Mes.Jobs;
using Mes.Web.Hosting;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Features.Attachments;
using Mes.WorkOrders.Features.Discrepancies;
using Mes.WorkOrders.Features.Dispatch;
using Mes.WorkOrders.Features.Erp;
using Mes.WorkOrders.Features.Genealogy;
using Mes.WorkOrders.Features.Instructions;
using Mes.WorkOrders.Features.MasterData;
using Mes.WorkOrders.Features.Numbering;
using Mes.WorkOrders.Features.Operators;
using Mes.WorkOrders.Features.Orders;
using Mes.WorkOrders.Features.Papers;
using Mes.WorkOrders.Features.Production;
using Mes.WorkOrders.Features.Serials;
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
            .Add<OnPersonChanged, PersonChanged>("workorders-know-person")
            .Add<OnEquipmentChanged, EquipmentChanged>("workorders-know-equipment")
            .Add<OnResourceChanged, ResourceChanged>("workorders-know-resource")
            .Add<OnEquipmentAvailabilityChanged, EquipmentAvailabilityChanged>("workorders-heed-downtime")
            .Add<OnDowntimeRecorded, DowntimeRecorded>("workorders-book-downtime-labour")
            .Add<OnDowntimeWithdrawn, DowntimeWithdrawn>("workorders-withdraw-downtime")
            .Add<OnQualityHoldChanged, QualityHoldChanged>("workorders-heed-hold")
            .Add<OnMaterialAvailabilityChanged, MaterialAvailabilityChanged>("workorders-heed-shortages")
            .Add<OnWorkShiftEnded, WorkShiftEnded>("workorders-end-work")
            .Add<OnPiecesJudged, PiecesJudged>("workorders-heed-judgement")
            .AddBatch<OnMaterialIssued, MaterialIssued>("workorders-trace-issue")
            .Add<OnSchedulePublished, SchedulePublished>("workorders-take-plan"));
        builder.AddJobs<WorkOrdersDb>("work-orders").Add<EndForgottenWork>(EndForgottenWork.Key, EndForgottenWork.EveryMinute);
        RowTypes.Register();
        builder.Services.AddScoped<ReportReader>();
        builder.Services.AddScoped<PieceReader>();
        builder.Services.AddScoped<ReportStore>();
        builder.Services.AddScoped<ReportJudge>();
        builder.Services.AddScoped<ReportIntake>();
        builder.Services.AddScoped<ReportCorrection>();
        builder.Services.AddScoped<ReportUndo>();
        builder.Services.AddScoped<WorkStore>();
        builder.Services.AddScoped<StopJudge>();
        builder.Services.AddHostedService<ConfirmationSequencer>();
    }

    /// <summary>Maps <c>/api/work-orders</c> and <c>/api/erp</c>.</summary>
    public static void MapWorkOrders(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<WorkOrdersDb>("work-orders");
        app.MapJobs<WorkOrdersDb>();
        DefineProductEndpoint.Map(api);
        TrackProductEndpoint.Map(api);
        ListProductsEndpoint.Map(api);
        ShowProductEndpoint.Map(api);
        SetPictureEndpoint.Map(api);
        ShowPictureEndpoint.Map(api);
        RemovePictureEndpoint.Map(api);
        DefineRoutingEndpoint.Map(api);
        ChangeEffectivityEndpoint.Map(api);
        ListRoutingsEndpoint.Map(api);
        ShowRoutingEndpoint.Map(api);
        ListOperatorsEndpoint.Map(api);
        ShowOperatorEndpoint.Map(api);
        SetSkillsEndpoint.Map(api);
        ListOrdersEndpoint.Map(api);
        ShowOrderEndpoint.Map(api);
        CreateOrderEndpoint.Map(api);
        ReleaseOrderEndpoint.Map(api);
        HoldOrderEndpoint.Map(api);
        ResumeOrderEndpoint.Map(api);
        CancelOrderEndpoint.Map(api);
        CloseOrderEndpoint.Map(api);
        ChangeDemandEndpoint.Map(api);
        CopyOrderEndpoint.Map(api);
        SplitOrderEndpoint.Map(api);
        MergeOrdersEndpoint.Map(api);
        WriteNoteEndpoint.Map(api);
        ListNotesEndpoint.Map(api);
        AddAttachmentEndpoint.Map(api);
        ListAttachmentsEndpoint.Map(api);
        ShowAttachmentEndpoint.Map(api);
        RemoveAttachmentEndpoint.Map(api);
        RestoreAttachmentEndpoint.Map(api);
        DefineNumberingEndpoint.Map(api);
        RemoveNumberingEndpoint.Map(api);
        ListNumberingEndpoint.Map(api);
        PreviewNumberingEndpoint.Map(api);
        MapPieces(api);
        SignOnEndpoint.Map(api);
        SignOffEndpoint.Map(api);
        ListSignOnsEndpoint.Map(api);
        ReportProductionEndpoint.Map(api);
        UndoReportEndpoint.Map(api);
        ListReportsEndpoint.Map(api);
        StartWorkEndpoint.Map(api);
        PauseWorkEndpoint.Map(api);
        ResumeWorkEndpoint.Map(api);
        FinishWorkEndpoint.Map(api);
        WithdrawWorkEndpoint.Map(api);
        ListWorkEndpoint.Map(api);
        ShowWorkEndpoint.Map(api);
        CompleteOperationEndpoint.Map(api);
        ReopenOperationEndpoint.Map(api);
        ListDispatchEndpoint.Map(api);
        ListDispatchEquipmentEndpoint.Map(api);
        CountDispatchEndpoint.Map(api);
        AssignOperationEndpoint.Map(api);
        ListDiscrepanciesEndpoint.Map(api);
        SettleDiscrepancyEndpoint.Map(api);
        TraceUpEndpoint.Map(api);
        TraceDownEndpoint.Map(api);
        SummarizeWorkEndpoint.Map(api);
        ListPieceWorkEndpoint.Map(api);
        MapInstructions(api);
        app.MapErp(api);
    }

    static void MapPieces(RouteGroupBuilder api)
    {
        AllotSerialsEndpoint.Map(api);
        ListSerialsEndpoint.Map(api);
        ListPiecesEndpoint.Map(api);
        ShowSerialEndpoint.Map(api);
        RecordPrintEndpoint.Map(api);
        ListPrintsEndpoint.Map(api);
    }

    static void MapInstructions(RouteGroupBuilder api)
    {
        AddInstructionFileEndpoint.Map(api);
        WriteInstructionEndpoint.Map(api);
        ListInstructionsEndpoint.Map(api);
        ShowInstructionEndpoint.Map(api);
        ShowInstructionFileEndpoint.Map(api);
        ReadInstructionEndpoint.Map(api);
        ListReadingsEndpoint.Map(api);
    }

    static void MapErp(this IEndpointRouteBuilder app, RouteGroupBuilder api)
    {
        var erp = app.MapCommands<WorkOrdersDb>("erp");
        TakeErpOrderEndpoint.Map(erp);
        CloseErpOrderEndpoint.Map(erp);
        ShowErpOrderEndpoint.Map(erp);
        ListConfirmationsEndpoint.Map(erp);
        ListOrderConfirmationsEndpoint.Map(api);
    }
}
