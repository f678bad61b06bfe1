using System.Net;
using System.Text.Json;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Tests.Features.Production;

/// <summary>What the tests of work do with it, by minutes of a day, and how they look at what was reported.</summary>
public abstract class WorkOfOrders(Plant plant)
{
    static readonly DateTimeOffset Day = new(2026, 1, 2, 8, 0, 0, TimeSpan.Zero);

    protected Plant Plant => plant;

    protected ServiceHost<WorkOrdersDb> Service => plant.Service;

    protected static DateTimeOffset At(int minute) => Day.AddMinutes(minute);

    protected Task<JsonElement> Start(
        Plant.Order order, int minute, string activity = "Run", Guid? signOn = null, Guid? id = null) => Service.Do(
            $"/api/work-orders/operations/{order.Turn}/work",
            new { signOnId = signOn ?? order.SignOn, equipment = "m1", activity, at = At(minute) }, id);

    protected Task<JsonElement> Do(JsonElement work, string verb, int minute, object? more = null) => Service.Do(
        $"/api/work-orders/work/{work.GetProperty("id").GetGuid()}/{verb}", more ?? new { at = At(minute) });

    protected async Task<HttpStatusCode> Refused(Task<HttpResponseMessage> sent, string code)
    {
        using var answer = await sent;
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"{code}\"");
        return answer.StatusCode;
    }

    protected async Task<string> Reports(Plant.Order order) => await Service.Query<string>(
        $"""
        SELECT coalesce(string_agg(concat(activity, ' ', extract(epoch FROM started_at - '{Day:O}')::int / 60, '-',
            extract(epoch FROM ended_at - '{Day:O}')::int / 60, ' ', good::int), ', ' ORDER BY started_at, ended_at), '')
        FROM report r WHERE operation_id = '{order.Turn}' AND reverses IS NULL
            AND NOT EXISTS (SELECT FROM report c WHERE c.reverses = r.id)
        """);
}
