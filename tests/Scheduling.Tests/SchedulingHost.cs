using System.Text.Json;
using Mes.Contracts;
using Mes.Scheduling.Data;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests;

/// <summary>The running service with a database of its own, and the words of these tests.</summary>
sealed class SchedulingHost(ServiceHost<SchedulingDb> service) : IAsyncDisposable
{
    // the engine's process has low priority: beside other suites on few cores its start may take a minute
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    public ServiceHost<SchedulingDb> Service { get; } = service;

    /// <summary>Starts it; searches are short.</summary>
    public static async Task<SchedulingHost> Start(
        string? engineHost = null, int? graceSeconds = null, TestDatabase? shared = null, int secondsOfSearch = 1)
    {
        var host = new SchedulingHost(await ServiceHost<SchedulingDb>.Start("scheduling", b =>
        {
            b.Configuration["Planning:Host"] = engineHost;
            if (graceSeconds is { } seconds) b.Configuration["Planning:GraceSeconds"] = $"{seconds}";
            b.AddScheduling();
        }, a => a.MapScheduling(), shared));
        await host.Set(new { fullSeconds = secondsOfSearch, incrementalSeconds = 1, repairSeconds = 1, workers = 1 });
        return host;
    }

    /// <summary>Changes how planning works.</summary>
    public Task Set(object settings) => Service.Do("/api/scheduling/settings", settings, method: HttpMethod.Put);

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    public Task Take(WorkOrderChanged order) => Service.Deliver("scheduling-take-demand", order);

    public Task Take(IReadOnlyList<WorkOrderChanged> orders) => Service.DeliverAll("scheduling-take-demand", orders);

    /// <summary>Equipment tells a calendar, and units that go by it.</summary>
    public async Task Tell(CalendarChanged calendar, params string[] units)
    {
        await Service.Deliver("scheduling-know-calendar", calendar);
        foreach (var unit in units)
        {
            await TellUnit(unit, 1, calendar.Code);
        }
    }

    /// <summary>Equipment tells a unit, and by which calendar it goes.</summary>
    public async Task TellUnit(string unit, long version, string calendar)
    {
        await Service.Deliver("scheduling-know-equipment",
            new EquipmentChanged(unit, version, unit, "C", EquipmentKind.Production, Calendar: calendar));
        await Service.Deliver("scheduling-know-unit-calendar", new UnitCalendarChanged(unit, version, calendar));
    }

    /// <summary>Has a plan made and waits for its run.</summary>
    public async Task<JsonElement> Plan(string mode = "Full")
    {
        var run = (await Service.Do("/api/scheduling/plans", new { mode })).GetProperty("runId").GetGuid();
        // an attempt may fail where the machine is at its limit; the run then tries again
        JsonElement last = default;
        try
        {
            await Poll.Until(async () =>
            {
                last = (await Service.Get($"/api/scheduling/runs/{run}")).GetProperty("attempts")[0];
                return last.GetProperty("status").GetString() is "Done" or "Unchanged";
            }, Bound, "the run ends with a plan");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}; last attempt: {last}", late);
        }
        return await InForce();
    }

    /// <summary>The last attempt of a run, once it has ended.</summary>
    public async Task<JsonElement> Ended(Guid run)
    {
        JsonElement last = default;
        await Poll.Until(async () =>
        {
            last = (await Service.Get($"/api/scheduling/runs/{run}")).GetProperty("attempts")[0];
            return last.GetProperty("status").GetString() is not ("Running" or "Waiting");
        }, Bound, "the run ends");
        return last;
    }

    public async Task<JsonElement> InForce() =>
        (await Service.Get("/api/scheduling/plans?size=1")).GetProperty("items").EnumerateArray().FirstOrDefault();

    public async Task<List<JsonElement>> Lines(JsonElement plan, string query = "") =>
        [.. (await Service.Get($"/api/scheduling/plans/{plan.GetProperty("id").GetGuid()}/operations?size=1000{query}"))
            .GetProperty("items").EnumerateArray()];

    /// <summary>Where the plan in force has an operation.</summary>
    public async Task<JsonElement> Line(Guid operation) => await Line(await InForce(), operation);

    /// <summary>Where a plan has an operation.</summary>
    public async Task<JsonElement> Line(JsonElement plan, Guid operation) =>
        (await Lines(plan, $"&operationId={operation}")).Single();

    /// <summary>
    /// Waits for the plan that comes next after another one. A repair may have put a further one in force by then.
    /// </summary>
    public async Task<JsonElement> NextAfter(JsonElement plan)
    {
        JsonElement next = default;
        await Poll.Until(async () =>
        {
            next = (await Service.Get("/api/scheduling/plans?size=50")).GetProperty("items").EnumerateArray()
                .TakeWhile(newer => Version(newer) > Version(plan)).LastOrDefault();
            return next.ValueKind == JsonValueKind.Object;
        }, Bound, "a newer plan is in force");
        return next;

        static long Version(JsonElement plan) => plan.GetProperty("version").GetInt64();
    }

    /// <summary>Overlapping bookings of one equipment in any plan.</summary>
    public Task<long> Overlaps() => Service.Query<long>(
        """
        SELECT count(*) FROM plan_operation a JOIN plan_operation b ON a.plan_id = b.plan_id AND a.equipment = b.equipment
        AND a.operation_id < b.operation_id AND a.setup_starts_at < b.ends_at AND b.setup_starts_at < a.ends_at
        """);
}
