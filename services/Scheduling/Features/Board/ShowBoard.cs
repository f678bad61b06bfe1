using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Board;

/// <summary>A stretch of time.</summary>
/// <param name="From">Its start, UTC.</param>
/// <param name="To">Its end, UTC.</param>
public sealed record OpenTime(DateTimeOffset From, DateTimeOffset To);

/// <summary>When what goes by a calendar can be used.</summary>
/// <param name="Code">Code of the calendar.</param>
/// <param name="Open">The open stretches of the time asked for, ascending.</param>
public sealed record BoardCalendar(string Code, IReadOnlyList<OpenTime> Open);

/// <summary>Equipment that plans have work on.</summary>
/// <param name="Equipment">Equipment code.</param>
/// <param name="Name">Name on the floor, or null where Equipment has told none.</param>
/// <param name="WorkCenter">Code of the work center it belongs to, or null where Equipment has told none.</param>
/// <param name="Calendar">Code of the calendar it is planned by; null: it is always open.</param>
/// <param name="IsDown">Whether it is down now.</param>
/// <param name="DownUntil">When it is expected back, UTC, or null where nobody knows.</param>
public sealed record BoardRow(
    string Equipment, string? Name, string? WorkCenter, string? Calendar, bool IsDown, DateTimeOffset? DownUntil);

/// <summary>What a plan is drawn on: equipment and its open time.</summary>
/// <param name="Now">The instant by the server's clock, UTC.</param>
/// <param name="PlanId">The plan in force, or null where there is none.</param>
/// <param name="PlanVersion">Its version; 0 where there is none.</param>
/// <param name="FrozenUntil">The plan is not changed any more before, UTC; null where nothing is frozen.</param>
/// <param name="Rows">The equipment, by work center and code.</param>
/// <param name="Calendars">The calendars it goes by.</param>
public sealed record BoardView(
    DateTimeOffset Now, Guid? PlanId, long PlanVersion, DateTimeOffset? FrozenUntil, IReadOnlyList<BoardRow> Rows,
    IReadOnlyList<BoardCalendar> Calendars);

static class ShowBoardEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/board", Handle).Named("showBoard", "Show the equipment of plans and its open time")
            .RequireAuthorization(Permissions.ReadScheduling);

    static async Task<BoardView> Handle(
        [AsParameters] TimeWindow window, SchedulingDb db, PlanStore plans, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (from, to) = window.At(now);
        var capacity = await PlantCalendars.Read(db, ct);
        var inForce = await plans.InForce(ct);
        var frozen = await db.Settings.AsNoTracking().Select(settings => settings.FrozenMinutes).SingleAsync(ct);
        var rows = (await db.Read<Row>(
            """
            SELECT code AS equipment, e.name, e.work_center, coalesce(a.is_down, false) AS is_down, a.expected_up_at AS down_until
            FROM (SELECT code FROM equipment WHERE retired_at IS NULL
                  UNION SELECT unnest(o.equipment) FROM demand_order d JOIN demand_operation o USING (order_id)
                  WHERE d.status = 'Released' AND NOT o.is_done
                  UNION SELECT equipment FROM plan_operation WHERE plan_id = @planId) known (code)
            LEFT JOIN equipment e USING (code) LEFT JOIN equipment_availability a ON a.equipment = code
            ORDER BY e.work_center NULLS LAST, code
            """, new { planId = inForce?.Id }, ct)).Select(row => row.ToView(capacity)).ToList();
        var used = rows.Select(row => row.Calendar).OfType<string>().ToHashSet();
        return new BoardView(now, inForce?.Id, inForce?.Version ?? 0, frozen > 0 ? now.AddMinutes(frozen) : null, rows,
            [.. capacity.Calendars.Where(calendar => used.Contains(calendar.Code))
                .Select(calendar => new BoardCalendar(calendar.Code, Open(calendar, from, to)))]);
    }

    static List<OpenTime> Open(WorkCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        var origin = PlanSearch.Whole(from);
        var seconds = (int)(to - origin).TotalSeconds;
        return [.. PlanFigures.Within(calendar.Open(origin, (int)Math.Ceiling((to - origin).TotalDays)), 0, seconds)
            .Select(open => new OpenTime(origin.AddSeconds(open.StartSeconds), origin.AddSeconds(open.EndSeconds)))];
    }

    sealed class Row
    {
        public string Equipment { get; init; } = "";
        public string? Name { get; init; }
        public string? WorkCenter { get; init; }
        public bool IsDown { get; init; }
        public DateTime? DownUntil { get; init; }

        public BoardRow ToView(PlantCapacity capacity) =>
            new(Equipment, Name, WorkCenter, capacity.CalendarFor(Equipment), IsDown, IsDown ? DownUntil : null);
    }
}
