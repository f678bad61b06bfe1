using System.Text.Json;
using Mes.Demo.Api;
using Mes.Demo.History;
using Mes.Demo.Plant;
using Mes.Demo.Work;

namespace Mes.Demo.Generation;

/// <summary>Answers the inspections that the reports have opened, but for the last ones.</summary>
sealed class QualitySteps(MesApi api, Seed seed, FloorHistory history)
{
    const int LeftOpen = 7;
    const int LeftUndecided = 5;
    const double FailureProbability = 0.05;
    static readonly TimeSpan OpeningMax = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public async Task Send(CancellationToken ct)
    {
        var inspector = new Inspector(api, seed);
        var ends = history.Reports.ToDictionary(report => FloorSteps.IdOf(report, seed), report => report.Time.End);
        await Until(async () => (await api.All("quality/inspections", ct)).Count >= Expected, ct);
        // made again, there are those of later reports as well
        var inspections = (await api.All("quality/inspections", ct)).Where(one => ends.ContainsKey(one.Id("reportId"))).ToList();
        var open = inspections.Where(inspection => inspection.Text("status") == "Open")
            .OrderByDescending(inspection => ends[inspection.Id("reportId")]).Skip(LeftOpen);
        await Many.Each(open, inspection => inspector.Inspect(inspection, FailureProbability, ct));

        var undecided = (await api.All("quality/nonconformances?status=Open", ct))
            .Where(found => found.Number("undecided") > 0 && ends.ContainsKey(ReportOf(found)))
            .OrderByDescending(found => ends[ReportOf(found)]).Skip(LeftUndecided);
        await Many.Each(undecided, found => inspector.Dispose(found, ct));

        Guid ReportOf(JsonElement found) => found.TextOrNull("reportId") is { } report ? Guid.Parse(report)
            : inspections.Where(inspection => inspection.Text("id") == found.Text("inspectionId"))
                .Select(inspection => inspection.Id("reportId")).FirstOrDefault();
    }

    /// <summary>How many inspections the plans call for.</summary>
    int Expected => InspectionPlans.All.Sum(plan =>
    {
        var reports = history.Reports.Where(report => report.Step.Code == plan.Step && report.Good > 0);
        return plan.IsOnce ? reports.DistinctBy(report => report.Order).Count() : reports.Count();
    });

    static async Task Until(Func<Task<bool>> condition, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition() && TimeProvider.System.GetElapsedTime(began) < OpeningMax) await Task.Delay(Look, ct);
    }
}
