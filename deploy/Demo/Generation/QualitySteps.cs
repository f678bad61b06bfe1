using System.Text.Json;
using Mes.Demo.Api;
using Mes.Demo.History;
using Mes.Demo.Plant;
using Mes.Demo.Work;

namespace Mes.Demo.Generation;

/// <summary>
/// Answers the inspections that the reports have opened, but for the last ones. Which these are follows from the history
/// alone: made again, whatever has happened since, no others are answered.
/// </summary>
sealed class QualitySteps(MesApi api, Seed seed, FloorHistory history)
{
    const double FailureProbability = 0.05;
    static readonly TimeSpan LeftOpen = TimeSpan.FromHours(8);
    static readonly TimeSpan LeftUndecided = TimeSpan.FromHours(40);
    static readonly TimeSpan OpeningMax = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public async Task Send(CancellationToken ct)
    {
        var inspector = new Inspector(api, seed);
        var ends = history.Reports.ToDictionary(report => FloorSteps.IdOf(report, seed), report => report.Time.End);
        await Until(async () => (await api.All("quality/inspections", ct)).Count >= Expected, ct);
        var inspections = await api.All("quality/inspections", ct);
        var open = inspections.Where(one => one.Text("status") == "Open" && IsBefore(one.Id("reportId"), LeftOpen));
        await Many.Each(open, inspection => inspector.Inspect(inspection, FailureProbability, ct));

        var undecided = (await api.All("quality/nonconformances?status=Open", ct))
            .Where(found => found.Number("undecided") > 0 && IsBefore(ReportOf(found), LeftUndecided));
        await Many.Each(undecided, found => inspector.Dispose(found, ct));

        bool IsBefore(Guid report, TimeSpan time) => ends.TryGetValue(report, out var end) && end < history.Until - time;

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
