using FluentValidation;
using Mes.Inventory.Data;
using Mes.Inventory.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Inventory.Features.MasterData;

/// <summary>Defines a location where stock can lie, or renames it.</summary>
/// <param name="Name">Name to show.</param>
/// <param name="Kind">Storage, LineSide or Quarantine; never changes.</param>
public sealed record DefineLocation(string Name, LocationKind Kind);

sealed class DefineLocationValidator : AbstractValidator<DefineLocation>
{
    public DefineLocationValidator()
    {
        RuleFor(location => location.Name).IsName();
        RuleFor(location => location.Kind).Must(kind => kind.IsReal())
            .WithMessage("Use Storage, LineSide or Quarantine; the virtual locations are there already.");
    }
}

static class DefineLocationEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/locations/{code}", Handle).Named("defineLocation", "Define a location")
            .RequireAuthorization(Permissions.AdjustInventory);

    static async Task<Ok<LocationView>> Handle(Code code, DefineLocation request, InventoryDb db, CancellationToken ct)
    {
        var location = await db.Locations.SingleOrDefaultAsync(l => l.Code == code, ct)
            ?? db.Locations.Add(new Location { Code = code, Kind = request.Kind }).Entity;
        if (location.Kind != request.Kind)
        {
            throw new RuleViolation("location-kind-fixed", "A location keeps its kind. Define another one and move the stock.",
                ("location", code), ("kind", request.Kind), ("expected", location.Kind));
        }
        location.Rename(request.Name);
        return TypedResults.Ok(LocationView.Of(location));
    }
}
