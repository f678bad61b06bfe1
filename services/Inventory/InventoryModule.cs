using Mes.Contracts;
using Mes.Hosting;
using Mes.Jobs;
using Mes.Inventory.Data;
using Mes.Inventory.Features.AdjustStock;
using Mes.Inventory.Features.BrowseLots;
using Mes.Inventory.Features.BrowseMovements;
using Mes.Inventory.Features.BrowseStock;
using Mes.Inventory.Features.DefineLocation;
using Mes.Inventory.Features.DefineMaterial;
using Mes.Inventory.Features.HeedHold;
using Mes.Inventory.Features.IssueMaterial;
using Mes.Inventory.Features.MoveStock;
using Mes.Inventory.Features.PostProduction;
using Mes.Inventory.Features.ReceiveLot;
using Mes.Inventory.Features.ReserveMaterials;
using Mes.Inventory.Features.ReturnMaterial;
using Mes.Inventory.Features.ReverseMovement;
using Mes.Inventory.Features.ServeShortages;
using Mes.Inventory.Features.SettleDiscrepancies;
using Mes.Inventory.Features.SummarizeReceipts;
using Mes.Inventory.Features.VerifyLedger;

namespace Mes.Inventory;

/// <summary>Composes the inventory service.</summary>
public static class InventoryModule
{
    /// <summary>Adds database, consumers and what they work with.</summary>
    public static void AddInventory(this WebApplicationBuilder builder)
    {
        builder.AddService<InventoryDb>("inventory", consumers => consumers
            .Add<DefineMaterialOfProduct, ProductChanged>("inventory-define-material")
            .Add<PostProduction, ProductionReported>("inventory-post-production")
            .Add<ReserveMaterials, WorkOrderChanged>("inventory-reserve-materials")
            .Add<ServeShortages, StockBecameAvailable>("inventory-serve-shortages")
            .Add<HeedHold, QualityHoldChanged>("inventory-heed-hold"));
        builder.AddJobs<InventoryDb>("inventory").Add<ReleaseExpired>(ReleaseExpired.Key, ReleaseExpired.EveryMinute);
        builder.Services.AddScoped<StockBook>();
        builder.Services.AddScoped<StockWriter>();
        builder.Services.AddScoped<DiscrepancyBook>();
        builder.Services.AddScoped<LotSettlement>();
        builder.Services.AddScoped<ReservationDesk>();
        builder.Services.AddScoped<ShortageNotices>();
        builder.Services.AddScoped<ExpiredReservations>();
    }

    /// <summary>Maps <c>/api/inventory</c>.</summary>
    public static void MapInventory(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<InventoryDb>("inventory");
        app.MapJobs<InventoryDb>();
        DefineMaterialEndpoint.Map(api);
        DefineLocationEndpoint.Map(api);
        ReceiveLotEndpoint.Map(api);
        IssueMaterialEndpoint.Map(api);
        ReturnMaterialEndpoint.Map(api);
        MoveStockEndpoint.Map(api);
        AdjustStockEndpoint.Map(api);
        ReverseMovementEndpoint.Map(api);
        ReserveByHandEndpoint.Map(api);
        ReleaseReservationEndpoint.Map(api);
        BrowseReservationsEndpoint.Map(api);
        BrowseStockEndpoint.Map(api);
        BrowseLotsEndpoint.Map(api);
        BrowseMovementsEndpoint.Map(api);
        VerifyLedgerEndpoint.Map(api);
        BrowseDiscrepanciesEndpoint.Map(api);
        ResolveDiscrepancyEndpoint.Map(api);
        SummarizeReceiptsEndpoint.Map(api);
    }
}
