using Mes.Demo.Api;
using Mes.Demo.History;
using Mes.Demo.Plant;

namespace Mes.Demo.Generation;

/// <summary>
/// Makes the plant and its history through the public API. All ids are drawn from the seed: made again, nothing is written
/// that was written before.
/// </summary>
sealed class Generator(MesApi api, Seed seed, Uri gateway, DateTimeOffset begunAt, Action<string> say)
{
    static readonly TimeSpan PlanningMax = TimeSpan.FromSeconds(40);
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public async Task Make(CancellationToken ct)
    {
        var history = FloorPlay.Play(seed, begunAt);
        var shifts = new ShiftPlan(begunAt);
        var floor = new FloorSteps(api, seed, history);
        say($"{People.All.Count + 1} people, {Floor.Units.Count} machines, {Products.All.Count} products");
        var things = new MasterDataSteps(api, seed, shifts);
        var people = new PeopleSteps(api, seed, gateway);
        await Task.WhenAll(people.Send(ct), Things());
        say($"{history.Reports.Count} reports and {history.Stops.Count} stops of a week");
        await Task.WhenAll(people.Open(ct), Work());
        say("inspections, stock movements, the plan");
        await Task.WhenAll(
            new QualitySteps(api, seed, history).Send(ct), new StockSteps(api, seed, history).Send(ct), Office());

        async Task Things()
        {
            await things.Send(ct);
            say($"{history.Receipts.Count} lots, {history.Orders.Count} orders");
            await floor.Receive(ct);
            await floor.Order(ct);
            await floor.Stop(ct);
        }

        async Task Work()
        {
            await floor.SignOn(shifts, ct);
            await floor.Report(ct);
        }

        async Task Office()
        {
            await floor.Decide(ct);
            await things.Number(ct);
            await Plan(ct);
        }
    }

    async Task Plan(CancellationToken ct)
    {
        var asked = await api.Post("scheduling/plans", new { mode = "Full" }, seed.Id("plan"), ct);
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < PlanningMax)
        {
            var runs = await api.WhenKnown(HttpMethod.Get, $"scheduling/runs/{asked.Id("runId")}", null, default, ct);
            if (runs.Items("attempts").Any(run => run.Text("status") is "Done" or "Unchanged")) return;
            await Task.Delay(Look, ct);
        }
    }
}
