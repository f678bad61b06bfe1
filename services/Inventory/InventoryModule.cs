using Mes.Contracts;
using Mes.Hosting;
using Mes.Inventory.Data;
using Mes.Inventory.Features.BrowseStock;
using Mes.Inventory.Features.DefineLocation;
using Mes.Inventory.Features.DefineMaterial;
using Mes.Inventory.Features.IssueMaterial;
using Mes.Inventory.Features.PostProduction;
using Mes.Inventory.Features.ReceiveLot;

namespace Mes.Inventory;

/// <summary>Composes the inventory service.</summary>
public static class InventoryModule
{
    /// <summary>Adds database, consumers and what they work with.</summary>
    public static void AddInventory(this WebApplicationBuilder builder)
    {
        builder.AddService<InventoryDb>("inventory", consumers => consumers
            .Add<DefineMaterialOfProduct, ProductChanged>("inventory-define-material")
            .Add<PostProduction, ProductionReported>("inventory-post-production"));
        builder.Services.AddScoped<StockBook>();
        builder.Services.AddScoped<StockWriter>();
        builder.Services.AddScoped<DiscrepancyBook>();
        builder.Services.AddScoped<LotSettlement>();
    }

    /// <summary>Maps <c>/api/inventory</c>.</summary>
    public static void MapInventory(this IEndpointRouteBuilder app)
    {
        var api = app.MapService<InventoryDb>("inventory");
        DefineMaterialEndpoint.Map(api);
        DefineLocationEndpoint.Map(api);
        ReceiveLotEndpoint.Map(api);
        IssueMaterialEndpoint.Map(api);
        BrowseStockEndpoint.Map(api);
    }
}
