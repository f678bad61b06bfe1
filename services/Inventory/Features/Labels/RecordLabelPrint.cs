using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.Labels;

static class RecordLabelPrintEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/lots/{material}/{lot}/prints", Handle)
            .Named("recordLabelPrint", "Record that the label of a lot is printed")
            .RequireAuthorization(Permissions.ReadInventory);

    static async Task<Ok<LabelPrintView>> Handle(
        Code material, Code lot, InventoryDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        // Two who print at once are counted one after the other
        var found = await db.Lots.FromSql(
            $"SELECT * FROM lot WHERE material = {material.Value} AND number = {lot.Value} FOR NO KEY UPDATE")
            .AsNoTracking().SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("lot", lot);
        var before = await db.LabelPrints.Where(print => print.Material == found.Material && print.Lot == found.Number)
            .MaxAsync(print => (int?)print.Number, ct) ?? 0;
        var print = db.LabelPrints.Add(new LabelPrint
        {
            Id = Guid.CreateVersion7(), Material = found.Material, Lot = found.Number, Number = before + 1,
            PrintedAt = clock.GetUtcNow(), PrintedBy = caller.Name
        }).Entity;
        return TypedResults.Ok(LabelPrintView.Of(print));
    }
}
