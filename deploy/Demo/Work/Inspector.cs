using System.Text.Json;
using Mes.Demo.Api;
using Mes.Demo.Plant;

namespace Mes.Demo.Work;

/// <summary>Does what an inspector does: measures, judges, and decides on what did not conform.</summary>
sealed class Inspector(MesApi api, Seed seed)
{
    const double TakenAsIsProbability = 0.6;
    const double ReworkProbability = 0.5;       // of what is not taken as it is

    /// <summary>Measures what is asked for and gives the verdict that this calls for.</summary>
    /// <param name="inspection">As listed.</param>
    /// <param name="failureProbability">Of a check in process; first articles and final inspections pass.</param>
    /// <param name="ct">Ends it.</param>
    public async Task Inspect(JsonElement inspection, double failureProbability, CancellationToken ct)
    {
        var (id, report) = (inspection.Id(), inspection.Id("reportId"));
        var plan = InspectionPlans.Of(inspection.Text("plan"));
        var dice = seed.Dice("inspection", plan.Code, report);
        var fails = plan.Kind == "InProcess" && dice.Happens(failureProbability);
        var samples = inspection.GetProperty("sampleSize").GetInt32();
        var findings = Enumerable.Range(1, samples).SelectMany(sample => plan.Characteristics.Select((known, index) =>
            Finding(known, sample, dice, isOut: fails && sample == samples && index == 0)));
        var recorded = await api.Post($"quality/inspections/{id}/measurements", new { findings = findings.ToList() },
            seed.Id("measurements", id), ct);
        var verdict = recorded.GetProperty("proposal").Text("verdict");
        await api.Post($"quality/inspections/{id}/verdict", new { verdict }, seed.Id("verdict", id), ct);
    }

    /// <summary>Decides on nonconforming pieces, and lets go what was held for them.</summary>
    /// <param name="nonconformance">As listed, with pieces that nobody has decided on.</param>
    /// <param name="ct">Ends it.</param>
    public async Task Dispose(JsonElement nonconformance, CancellationToken ct)
    {
        var id = nonconformance.Id();
        var dice = seed.Dice("disposition", nonconformance.Text("number"));
        var isOfInspection = nonconformance.TextOrNull("inspectionId") is not null;
        var kind = isOfInspection || dice.Happens(TakenAsIsProbability) ? "UseAsIs"
            : dice.Happens(ReworkProbability) ? "Rework" : "Scrap";
        await api.Post($"quality/nonconformances/{id}/dispositions", new
        {
            kind, quantity = nonconformance.Number("undecided"),
            reason = kind switch
            {
                "UseAsIs" => "Within the customer's concession · 客户让步接收",
                "Rework" => "Can be ground again · 可返修",
                _ => "Cannot be saved · 无法返修",
            },
        }, seed.Id("disposition", id), ct);
        await api.Post($"quality/nonconformances/{id}/close", new { }, seed.Id("close", id), ct);
        if (isOfInspection) await Release(nonconformance.Id("inspectionId"), nonconformance.Id("orderId"), ct);
    }

    async Task Release(Guid inspection, Guid order, CancellationToken ct)
    {
        foreach (var hold in await api.All($"quality/holds?status=Active&orderId={order}", ct))
        {
            if (hold.TextOrNull("inspectionId") is { } of && Guid.Parse(of) == inspection)
            {
                await api.Post($"quality/holds/{hold.Id()}/release", new { reason = "Decided · 已处置" },
                    seed.Id("release", hold.Id()), ct);
            }
        }
    }

    static object Finding(Characteristic characteristic, int sample, Random dice, bool isOut) =>
        characteristic.Tolerance is { } tolerance
            ? new
            {
                sample, characteristic = characteristic.Code,
                value = decimal.Round((decimal)dice.Measure((double)tolerance, isOut), 4),
            }
            : new { sample, characteristic = characteristic.Code, conforms = true };
}
