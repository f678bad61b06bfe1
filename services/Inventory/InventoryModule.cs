using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Inventory.Features.Discrepancies;
using Mes.Inventory.Features.Holds;
using Mes.Inventory.Features.Labels;
using Mes.Inventory.Features.MasterData;
using Mes.Inventory.Features.Production;
using Mes.Inventory.Features.Reservations;
using Mes.Inventory.Features.Stock;
using Mes.Jobs;
using Mes.Web.Hosting;

namespace Mes.Inventory;

/// <summary>Composes the inventory service.</summary>
public static class InventoryModule
{
    /// <summary>Adds database, consumers and what they work with.</summary>
    public static void AddInventory(this WebApplicationBuilder builder)
    {
        builder.AddService<InventoryDb>("inventory", consumers => consumers
            .Add<OnProductChanged, ProductChanged>("inventory-define-material")
            .AddBatch<OnProductionReported, ProductionReported>("inventory-post-production")
            .Add<OnWorkOrderChanged, WorkOrderChanged>("inventory-reserve-materials")
            .AddBatch<OnStockBecameAvailable, StockBecameAvailable>("inventory-serve-shortages")
            .AddBatch<OnConsumptionDue, ConsumptionDue>("inventory-backflush")
            .Add<OnQualityHoldChanged, QualityHoldChanged>("inventory-heed-hold"));
        builder.AddJobs<InventoryDb>("inventory").Add<ReleaseExpired>(ReleaseExpired.Key, ReleaseExpired.EveryMinute);
        builder.Services.AddScoped<StockStore>();
        builder.Services.AddScoped<StockWriter>();
        builder.Services.AddScoped<DiscrepancyStore>();
        builder.Services.AddScoped<LotSettlement>();
        builder.Services.AddScoped<ReservationStore>();
        builder.Services.AddScoped<ShortageNotices>();
        builder.Services.AddScoped<ExpiredReservations>();
    }

    /// <summary>Maps <c>/api/inventory</c>.</summary>
    public static void MapInventory(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<InventoryDb>("inventory");
        app.MapJobs<InventoryDb>();
        DefineMaterialEndpoint.Map(api);
        ListMaterialsEndpoint.Map(api);
        ShowMaterialEndpoint.Map(api);
        ListUnitsOfMeasureEndpoint.Map(api);
        DefineLocationEndpoint.Map(api);
        ListLocationsEndpoint.Map(api);
        ShowLocationEndpoint.Map(api);
        ReceiveLotEndpoint.Map(api);
        IssueMaterialEndpoint.Map(api);
        ReturnMaterialEndpoint.Map(api);
        MoveStockEndpoint.Map(api);
        AdjustStockEndpoint.Map(api);
        ReverseMovementEndpoint.Map(api);
        ReserveByHandEndpoint.Map(api);
        ReleaseReservationEndpoint.Map(api);
        ListReservationsEndpoint.Map(api);
        ListDemandsEndpoint.Map(api);
        ListStockEndpoint.Map(api);
        ListLotsEndpoint.Map(api);
        ShowLotEndpoint.Map(api);
        RecordLabelPrintEndpoint.Map(api);
        ListLabelPrintsEndpoint.Map(api);
        ShowMovementEndpoint.Map(api);
        VerifyLedgerEndpoint.Map(api);
        ListDiscrepanciesEndpoint.Map(api);
        SummarizeDiscrepanciesEndpoint.Map(api);
        SettleDiscrepancyEndpoint.Map(api);
        SummarizeReceiptsEndpoint.Map(api);
    }
}
