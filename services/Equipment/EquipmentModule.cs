using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Equipment.Features.Andon;
using Mes.Equipment.Features.Downtimes;
using Mes.Equipment.Features.Figures;
using Mes.Equipment.Features.Floor;
using Mes.Equipment.Features.Handover;
using Mes.Equipment.Features.Intervals;
using Mes.Equipment.Features.MasterData;
using Mes.Equipment.Features.Oee;
using Mes.Equipment.Features.Production;
using Mes.Equipment.Features.Summary;
using Mes.Jobs;
using Mes.Web.Hosting;

namespace Mes.Equipment;

/// <summary>Composes the equipment service.</summary>
public static class EquipmentModule
{
    /// <summary>Adds its database, consumers and background work.</summary>
    public static void AddEquipment(this WebApplicationBuilder builder)
    {
        builder.AddService<EquipmentDb>("equipment", consumers => consumers
            .AddBatch<OnProductionReported, ProductionReported>("equipment-count-production")
            .Add<OnWorkChanged, WorkChanged>("equipment-show-work"));
        builder.AddJobs<EquipmentDb>("equipment")
            .Add<WriteFigures>(WriteFigures.Key, WriteFigures.EveryMinute)
            .Add<TellShiftEnds>(TellShiftEnds.Key, TellShiftEnds.EveryMinute);
        builder.Services.AddScoped<Timeline>();
        builder.Services.AddScoped<Availability>();
        builder.Services.AddScoped<DowntimeStore>();
        builder.Services.AddSingleton<FigureSignal>();
        builder.Services.AddSingleton<FigureWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<FigureWriter>());
        builder.Services.AddHostedService<EscalationWatch>();
        builder.Services.AddHealthChecks().AddCheck<FigureHealth>("equipment figures");
    }

    /// <summary>Maps its endpoints under <c>/api/equipment</c>.</summary>
    public static void MapEquipment(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<EquipmentDb>("equipment");
        app.MapJobs<EquipmentDb>();
        DefineWorkCenterEndpoint.Map(api);
        ListWorkCentersEndpoint.Map(api);
        ShowWorkCenterEndpoint.Map(api);
        DefineUnitEndpoint.Map(api);
        ListUnitsEndpoint.Map(api);
        ShowUnitEndpoint.Map(api);
        RetireUnitEndpoint.Map(api);
        ReinstateUnitEndpoint.Map(api);
        DefineCalendarEndpoint.Map(api);
        ListCalendarsEndpoint.Map(api);
        ShowCalendarEndpoint.Map(api);
        DefineReasonsEndpoint.Map(api);
        ShowReasonsEndpoint.Map(api);
        ReportDowntimeEndpoint.Map(api);
        EndDowntimeEndpoint.Map(api);
        ClassifyDowntimeEndpoint.Map(api);
        WithdrawDowntimeEndpoint.Map(api);
        ListDowntimesEndpoint.Map(api);
        ShowDowntimeEndpoint.Map(api);
        ShowLossesEndpoint.Map(api);
        ShowPlantLossesEndpoint.Map(api);
        ShowPlantOeeEndpoint.Map(api);
        ShowUnitOeeEndpoint.Map(api);
        WriteHandoverNoteEndpoint.Map(api);
        AcknowledgeHandoverNoteEndpoint.Map(api);
        ListHandoverNotesEndpoint.Map(api);
        CallAndonEndpoint.Map(api);
        AcknowledgeAndonEndpoint.Map(api);
        ResolveAndonEndpoint.Map(api);
        WithdrawAndonEndpoint.Map(api);
        ListAndonCallsEndpoint.Map(api);
        ShowAndonCallEndpoint.Map(api);
        SetEscalationEndpoint.Map(api);
        ListEscalationsEndpoint.Map(api);
        ListLiveUnitsEndpoint.Map(api);
        ListIntervalsEndpoint.Map(api);
        ListCountedReportsEndpoint.Map(api);
        ShowCountedReportEndpoint.Map(api);
        SummarizeEquipmentEndpoint.Map(api);
        VerifyFiguresEndpoint.Map(api);
    }
}
