using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Features;

public sealed class ServiceTests(Plant plant) : IClassFixture<Plant>
{
    ServiceHost<WorkOrdersDb> Service => plant.Service;

    static string Reports(Guid operation) => $"/api/work-orders/operations/{operation}/reports";

    Task<long> Sequence(Plant.Order order) =>
        Service.Query<long>($"SELECT count(*) FROM discrepancy WHERE kind = 'sequence' AND order_id = '{order.Id}'");

    [Fact]
    public async Task The_same_id_gets_the_first_answer_also_when_both_race()
    {
        var order = await plant.Release();
        var id = Guid.NewGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(_ => Service.Do(Reports(order.Turn), order.Report(2, 8), id)));
        answers.Select(answer => answer.GetRawText()).Distinct().Count().ShouldBe(1);
        (await Service.Query<decimal>($"SELECT good FROM operation WHERE id = '{order.Turn}'")).ShouldBe(2);
    }

    [Fact]
    public async Task The_same_report_sent_again_later_is_the_same_command()
    {
        var order = await plant.Release();
        var id = Guid.NewGuid();
        object At(string deviceTime) => new
        {
            signOnId = order.SignOn, equipment = "m1", activity = "Run", good = 2, deviceTime,
            startedAt = "2026-01-02T08:00:00Z", endedAt = "2026-01-02T08:30:00Z"
        };
        var first = await Service.Do(Reports(order.Turn), At("2026-01-02T08:30:00Z"), id);
        var later = await Service.Do(Reports(order.Turn), At("2026-01-02T09:45:00Z"), id);
        later.GetRawText().ShouldBe(first.GetRawText());
    }

    [Fact]
    public async Task Sending_a_parked_message_again_is_in_the_audit_trail()
    {
        var id = await Service.Query<long>("""
            INSERT INTO parked_message (message_id, queue, type, body, error, attempts)
            VALUES (gen_random_uuid(), 'work-orders-nothing', 'Nothing', '{}', 'x', 1) RETURNING id
            """);
        await Service.Do($"/api/work-orders/parked-messages/{id}/replay", new { });
        (await Service.Query<long>($$"""
            SELECT count(*) FROM audit WHERE action LIKE '%replay%' AND actor_kind = 'user'
            AND changes @> '[{"table":"parked_message","key":"{{id}}"}]'
            """)).ShouldBe(1);
    }

    [Fact]
    public async Task Other_content_under_a_used_id_is_refused_and_changes_nothing()
    {
        var order = await plant.Release();
        var id = Guid.NewGuid();
        await Service.Do(Reports(order.Turn), order.Report(2, 8), id);
        using var answer = await Service.Send(Reports(order.Turn), order.Report(3, 8), id);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Service.Query<decimal>($"SELECT good FROM operation WHERE id = '{order.Turn}'")).ShouldBe(2);
    }

    [Fact]
    public async Task Reports_of_64_clients_on_one_operation_queue_up_and_none_is_refused()
    {
        var order = await plant.Release();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Service.Do(Reports(order.Turn), order.Report(0.1m, 8))));
        (await Service.Query<decimal>($"SELECT good FROM operation WHERE id = '{order.Turn}'")).ShouldBe(6.4m);
    }

    [Fact]
    public async Task A_sequence_discrepancy_does_not_depend_on_the_order_of_arrival()
    {
        var early = await plant.Release();
        await Service.Do(Reports(early.Turn), early.Report(5, 8));
        await Service.Do(Reports(early.Pack), early.Report(5, 9, "m2"));
        (await Sequence(early)).ShouldBe(0);

        var late = await plant.Release();
        await Service.Do(Reports(late.Pack), late.Report(5, 9, "m2"));
        (await Sequence(late)).ShouldBe(1);
        await Service.Do(Reports(late.Turn), late.Report(5, 8));
        (await Sequence(late)).ShouldBe(0);

        var wrong = await plant.Release();
        await Service.Do(Reports(wrong.Turn), wrong.Report(5, 10));
        await Service.Do(Reports(wrong.Pack), wrong.Report(5, 9, "m2"));
        (await Sequence(wrong)).ShouldBe(1);
        await Service.Do(Reports(wrong.Pack), wrong.Report(1, 8, "m2"));      // late, and itself ahead
        (await Sequence(wrong)).ShouldBe(2);
    }

    [Fact]
    public async Task Every_report_has_one_confirmation_in_the_feed_and_positions_have_no_gap()
    {
        var order = await plant.Release();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Service.Do(Reports(order.Turn), order.Report(0.1m, 8))));
        await Poll.Until(async () => await Service.Query<long>("SELECT count(*) FROM erp_pending") == 0, TimeSpan.FromMinutes(2),
            "all are sequenced");
        var keys = new List<string>();
        var after = "0";
        for (var page = await Read(after); page.Count > 0; page = await Read(after))
        {
            keys.AddRange(page.Where(item => item.GetProperty("order").GetString() == order.Number)
                .Select(item => item.GetProperty("key").GetString()!));
            after = page[^1].GetProperty("position").GetInt64().ToString();
        }
        (keys.Count, keys.Distinct().Count()).ShouldBe((40, 40));
        (await Service.Query<long>("SELECT max(position) - count(*) FROM erp_feed")).ShouldBe(0);

        async Task<List<JsonElement>> Read(string cursor) =>
            [.. (await Service.Get($"/api/erp/confirmations?after={cursor}&size=7")).GetProperty("items").EnumerateArray()];
    }

    [Fact]
    public async Task A_hold_by_Quality_blocks_new_work_until_its_release()
    {
        var order = await plant.Release();
        var hold = new QualityHoldChanged(Guid.NewGuid(), 1, true, order.Id, order.Pack, "P", order.Number, "crack");
        await Service.Deliver("workorders-heed-hold", hold, times: 3);
        var now = TimeProvider.System.GetUtcNow().AddSeconds(1);
        var work = new { signOnId = order.SignOn, equipment = "m2", activity = "Run", startedAt = now, endedAt = now, good = 1 };
        using (var refused = await Service.Send(Reports(order.Pack), work))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
        await Service.Deliver("workorders-heed-hold", hold with { Version = 2, IsActive = false });
        await Service.Deliver("workorders-heed-hold", hold);     // the older state, late
        await Service.Do(Reports(order.Pack), work);
    }

    [Fact]
    public async Task A_hold_on_an_order_blocks_each_of_its_operations_and_one_on_its_lot_none()
    {
        var order = await plant.Release();
        var ofLot = new QualityHoldChanged(Guid.NewGuid(), 1, true, order.Id, null, "P", order.Number, "crack");
        await Service.Deliver("workorders-heed-hold", ofLot);
        var hold = new QualityHoldChanged(Guid.NewGuid(), 1, true, order.Id, null, null, null, "wrong drawing");
        await Service.Do(Reports(order.Turn), Work("m1"));
        await Service.Deliver("workorders-heed-hold", hold, times: 2);
        foreach (var (operation, equipment) in new[] { (order.Turn, "m1"), (order.Pack, "m2") })
        {
            using var refused = await Service.Send(Reports(operation), Work(equipment));
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("operation-on-quality-hold");
        }
        await Service.Deliver("workorders-heed-hold", hold with { Version = 2, IsActive = false });
        await Service.Do(Reports(order.Turn), Work("m1"));

        object Work(string equipment)
        {
            var now = TimeProvider.System.GetUtcNow().AddSeconds(1);
            return new { signOnId = order.SignOn, equipment, activity = "Run", startedAt = now, endedAt = now, good = 1 };
        }
    }

    [Fact]
    public async Task The_dispatch_list_says_what_is_ready_and_why_not()
    {
        var order = await plant.Release();
        (await Card(order, "m1")).GetProperty("isReady").GetBoolean().ShouldBeTrue();
        (await Card(order, "m2")).GetProperty("waitsFor")[0].GetString().ShouldBe("predecessor");
        await Service.Do(Reports(order.Turn), order.Report(5, 8));
        (await Card(order, "m2")).GetProperty("isReady").GetBoolean().ShouldBeTrue();
        await Service.Deliver("workorders-heed-shortages",
            new MaterialAvailabilityChanged(order.Id, 1, [new Shortage("M", 1, "pcs")]));
        (await Card(order, "m2")).GetProperty("waitsFor")[0].GetString().ShouldBe("material");

        async Task<JsonElement> Card(Plant.Order of, string equipment) =>
            (await Service.Get($"/api/work-orders/dispatch?equipment={equipment}")).GetProperty("items").EnumerateArray()
                .Single(card => card.GetProperty("order").GetString() == of.Number);
    }

    [Fact]
    public async Task A_plan_is_in_force_once_all_its_chunks_are_there_and_an_older_one_never_replaces_it()
    {
        var order = await plant.Release();
        var at = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        SchedulePublished Chunk(long version, int chunk, Guid operation) => new(
            Guid.NewGuid(), version, chunk, 2, [new ScheduledOperation(operation, "m1", at, at, at.AddHours(version))]);
        await Service.Deliver("workorders-take-plan", Chunk(5, 1, order.Pack));
        (await Planned()).ShouldBe(0);
        await Service.Deliver("workorders-take-plan", Chunk(5, 0, order.Turn), times: 2);
        (await Planned()).ShouldBe(2);
        await Service.Deliver("workorders-take-plan", Chunk(4, 0, order.Turn));
        await Service.Deliver("workorders-take-plan", Chunk(4, 1, order.Pack));
        (await Service.Query<long>("SELECT min(plan_version) FROM planned_operation")).ShouldBe(5);
        // a plan without operations is a plan too
        await Service.Deliver("workorders-take-plan", new SchedulePublished(Guid.NewGuid(), 7, 0, 1, []));
        await Service.Deliver("workorders-take-plan", Chunk(6, 0, order.Turn));
        await Service.Deliver("workorders-take-plan", Chunk(6, 1, order.Pack));
        (await Planned()).ShouldBe(0);

        Task<long> Planned() => Service.Query<long>(
            $"SELECT count(*) FROM planned_operation WHERE operation_id IN ('{order.Turn}', '{order.Pack}')");
    }

    [Fact]
    public async Task Who_is_present_at_a_station_is_listed_page_by_page()
    {
        var station = $"S-{Guid.NewGuid():N}";
        var present = new HashSet<Guid>();
        for (var i = 0; i < 3; i++)
        {
            var signOn = await Service.Do(
                "/api/work-orders/sign-ons", new { @operator = "O", station, at = "2026-01-01T00:00:00Z" });
            present.Add(signOn.GetProperty("id").GetGuid());
        }
        var gone = present.First();
        present.Remove(gone);
        await Service.Do($"/api/work-orders/sign-ons/{gone}/sign-off", new { });

        var first = await Service.Get($"/api/work-orders/sign-ons?station={station}&size=1");
        var next = first.GetProperty("next").GetString();
        var second = await Service.Get($"/api/work-orders/sign-ons?station={station}&size=1&after={next}");
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        new[] { first, second }.Select(page => page.GetProperty("items")[0].GetProperty("id").GetGuid())
            .ShouldBe(present, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_change_leaves_one_audit_entry_and_the_app_role_cannot_change_it()
    {
        var order = await plant.Release();
        var before = await Service.Query<long>("SELECT count(*) FROM audit");
        await Service.Do(Reports(order.Turn), order.Report(1, 8));
        (await Service.Query<long>("SELECT count(*) FROM audit")).ShouldBe(before + 1);
        (await Service.Query<bool>("SELECT has_table_privilege('mes_workorders_app', 'audit', 'UPDATE')")).ShouldBeFalse();
        (await Service.Query<bool>("SELECT has_table_privilege('mes_workorders_app', 'report', 'DELETE')")).ShouldBeFalse();
        await Poll.Until(async () => await Service.Query<long>("SELECT count(*) FROM audit_unchained") == 0,
            TimeSpan.FromMinutes(2), "the chain is closed");
        (await Service.Get("/api/work-orders/audit/verdict")).GetProperty("isIntact").GetBoolean().ShouldBeTrue();
    }
}
