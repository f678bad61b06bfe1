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

/// <summary>A place where stock lies, or a virtual one.</summary>
/// <param name="Code">Code, unique in the plant.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Kind">What it is; never changes.</param>
/// <param name="IsReal">Whether stock lies there; a virtual location's balance may be negative.</param>
public sealed record LocationView(string Code, string Name, LocationKind Kind, bool IsReal)
{
    internal static LocationView Of(Location location) => new(location.Code, location.Name, location.Kind, location.IsReal);
}

static class DefineLocationEndpoint
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("/locations/{code}", Handle).RequireAuthorization(Permissions.AdjustInventory);
        api.MapGet("/locations", List).RequireAuthorization(Permissions.ReadInventory);
    }

    static async Task<Ok<LocationView>> Handle(Code code, DefineLocation request, InventoryDb db, CancellationToken ct)
    {
        var location = await db.Locations.SingleOrDefaultAsync(l => l.Code == code, ct);
        if (location is null)
        {
            var made = new Location { Code = code, Name = request.Name, Kind = request.Kind };
            return TypedResults.Ok(LocationView.Of(db.Locations.Add(made).Entity));
        }
        if (location.Kind != request.Kind)
        {
            throw new RuleViolation("location-kind-fixed", "A location keeps its kind. Define another one and move the stock.",
                ("location", code), ("kind", request.Kind), ("expected", location.Kind));
        }
        location.Name = request.Name;
        return TypedResults.Ok(LocationView.Of(location));
    }

    static async Task<Page<LocationView>> List(InventoryDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.After ?? "";
        var rows = await db.Locations.AsNoTracking().Where(location => location.Code.CompareTo(after) > 0)
            .OrderBy(location => location.Code).Take(page.Size + 1)
            .Select(location => LocationView.Of(location)).ToListAsync(ct);
        return Page.Of(rows, page.Size, location => location.Code);
    }
}
