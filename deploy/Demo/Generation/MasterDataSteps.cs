using Mes.Demo.Api;
using Mes.Demo.Plant;

namespace Mes.Demo.Generation;

/// <summary>Tells the services what there is: machines, products, materials.</summary>
sealed class MasterDataSteps(MesApi api, Seed seed, ShiftPlan shifts)
{
    public async Task Send(CancellationToken ct)
    {
        await Put($"equipment/calendars/{Floor.Calendar}", shifts.Definition, ct);
        await Task.WhenAll(Equipment(ct), Names(ct), Stock(ct), Planning(ct), Inspections(ct));
        await Many.Each(Products.All, product => Put(
            $"work-orders/routings/{product.Code}/{Products.Revision}", Routing(product), ct));
    }

    /// <summary>How numbers are given from now on: what there was has its own.</summary>
    public Task Number(CancellationToken ct) => Many.Each(Numbering.All, rule => Put(
        $"work-orders/numbering/{rule.Kind}{(rule.Product is { } product ? $"?product={product}" : "")}",
        new { pattern = rule.Pattern, reset = rule.Reset }, ct));

    async Task Equipment(CancellationToken ct)
    {
        await Put("equipment/reasons", new { reasons = Floor.Reasons }, ct);
        await Many.Each(Floor.WorkCenters, center => Put($"equipment/work-centers/{center.Code}",
            new { name = center.Name, area = center.Area, site = Floor.Site, calendar = Floor.Calendar }, ct));
        await Many.Each(Floor.Units, unit => Put($"equipment/units/{unit.Code}", new
        {
            name = unit.Name, workCenter = unit.WorkCenter, kind = unit.Code == Floor.Cmm ? "Inspection" : "Production",
        }, ct));
    }

    Task Names(CancellationToken ct) => Many.Each(Products.All, async product =>
    {
        await Put($"work-orders/products/{product.Code}", new { name = product.Name, unit = "pcs" }, ct);
        await Put($"work-orders/products/{product.Code}/picture", new { content = product.Picture() }, ct);
    });

    async Task Stock(CancellationToken ct)
    {
        await Many.Each(Products.Materials, material => Put($"inventory/materials/{material.Code}",
            new { name = material.Name, unit = material.Unit, isTrackedByLot = true }, ct));
        await Many.Each(Products.Locations, location => Put($"inventory/locations/{location.Code}",
            new { name = location.Name, kind = location.Kind }, ct));
    }

    async Task Planning(CancellationToken ct)
    {
        // For one small machine that runs everything else besides
        await Put("scheduling/settings", new { fullSeconds = 4, incrementalSeconds = 3, repairSeconds = 1 }, ct);
        await Many.Each(Products.Fixtures, fixture => Put($"scheduling/resources/{fixture.Code}",
            new { name = fixture.Name, capacity = fixture.Count, isHeldDuringPauses = true }, ct));
        await Many.Each(Floor.Units, unit => Put($"scheduling/setup-times/{unit.Code}", SetupTimes(unit.Code), ct));
    }

    Task Inspections(CancellationToken ct) => Many.Each(InspectionPlans.All, plan => Put(
        $"quality/plans/{plan.Code}", new { basedOn = 0, definition = plan.Definition }, ct));

    static object Routing(Product product) => new
    {
        product = product.Code,
        steps = product.Steps.Select(step => new
        {
            code = step.Code, equipment = step.Equipment, setupSeconds = step.SetupMinutes * 60,
            runSecondsPerUnit = Math.Round(step.MinutesPerPiece * 60), setupFamily = step.Family, isReceipt = step.IsLast,
            isInspection = step.IsLast,
            planning = step.Fixture is { } fixture
                ? new { resources = new[] { new { resource = fixture, quantity = 1 } } }
                : null,
        }),
        components = product.Parts.Prepend(product.Bar).Select(component => new
        {
            material = component.Material, quantityPerUnit = component.PerPiece, unit = component.Unit,
        }),
        policies = new
        {
            sequence = "Warn", overQuantity = "Warn", qualification = "Warn", material = "Warn",
            overQuantityTolerancePercent = 10, completesByQuantity = true,
        },
    };

    /// <summary>Changing over within the screws or within the shafts is quicker than between them.</summary>
    static object SetupTimes(string unit)
    {
        string[] families = [.. Products.All.SelectMany(product => product.Steps)
            .Where(step => step.Equipment.Contains(unit)).Select(step => step.Family).Distinct()];
        return new
        {
            defaultSeconds = 3000,
            changes =
                from before in families
                from after in families
                where before != after
                let seconds = before.StartsWith("BAR", StringComparison.Ordinal) ? 1500 : 2700
                select new { @from = before, to = after, seconds },
        };
    }

    Task Put(string path, object body, CancellationToken ct) => api.Put(path, body, seed.Id("define", path), ct);
}
