using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Tests.Features.Discrepancies;

/// <summary>What the floor is warned of does not depend on the order in which things arrive.</summary>
public sealed class WarningTests(Plant plant) : IClassFixture<Plant>
{
    ServiceHost<WorkOrdersDb> Service => plant.Service;

    static string Reports(Guid operation) => $"/api/work-orders/operations/{operation}/reports";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_operator_who_is_signed_on_at_two_stations_shows_at_both(bool inOrder)
    {
        var code = $"O-{Guid.NewGuid():N}";
        await plant.Know(code, "m1");
        string[] hours = inOrder ? ["08", "09"] : ["09", "08"];
        foreach (var hour in hours)
        {
            await Service.Do("/api/work-orders/sign-ons",
                new { @operator = code, station = $"{code}-{hour}", at = $"2026-01-01T{hour}:00:00Z" });
        }
        var first = await At("08");
        Also(first).ShouldBe([$"{code}-09"]);
        Also(await At("09")).ShouldBe([$"{code}-08"]);
        var off = await Service.Do($"/api/work-orders/sign-ons/{first.GetProperty("id").GetGuid()}/sign-off",
            new { at = "2026-01-01T09:00:00Z" });
        Also(off).ShouldBeEmpty();
        Also(await At("09")).ShouldBeEmpty();

        async Task<JsonElement> At(string hour) =>
            (await Service.Get($"/api/work-orders/sign-ons?station={code}-{hour}")).GetProperty("items")[0];

        static string?[] Also(JsonElement signOn) =>
            [.. signOn.GetProperty("alsoAt").EnumerateArray().Select(station => station.GetString())];
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_equal_reports_all_but_one_are_discrepancies_until_they_are_undone(bool inOrder)
    {
        var order = await plant.Release();
        Guid[] ids = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid()).Order()];
        foreach (var id in inOrder ? ids : ids.Reverse())
        {
            await Service.Do(Reports(order.Turn), order.Report(2, 8), id);
        }
        await Service.Do(Reports(order.Turn), order.Report(2, 9));
        (await Equal(order)).ShouldBe(ids[1..], ignoreOrder: true);
        await Service.Do($"/api/work-orders/reports/{ids[0]}/undo", new { reason = "entered twice" });
        (await Equal(order)).ShouldBe(ids[2..]);
        await Service.Do($"/api/work-orders/reports/{ids[2]}/undo", new { reason = "entered twice" });
        (await Equal(order)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_discrepancy_says_by_their_names_what_it_is_about_listed_and_settled()
    {
        var order = await plant.Release();
        await Service.Do(Reports(order.Pack), order.Report(5, 9, "m2"));
        var listed = (await Service.Get($"/api/work-orders/discrepancies?orderId={order.Id}&kind=sequence"))
            .GetProperty("items")[0];
        var settled = await Service.Do(
            $"/api/work-orders/discrepancies/{listed.GetProperty("id").GetGuid()}/settle", new { settlement = "packed first" });
        foreach (var view in new[] { listed, settled })
        {
            view.GetProperty("order").GetString().ShouldBe(
                await Service.Query<string>($"SELECT number FROM work_order WHERE id = '{order.Id}'"));
            view.GetProperty("operation").GetString().ShouldBe(
                await Service.Query<string>($"SELECT code FROM operation WHERE id = '{order.Pack}'"));
            view.GetProperty("equipment").GetString().ShouldBe("m2");
            view.GetProperty("operator").GetString().ShouldBe(await Service.Query<string>(
                $"SELECT operator FROM report WHERE operation_id = '{order.Pack}'"));
        }
    }

    [Fact]
    public async Task A_discrepancy_that_comes_and_goes_with_others_is_audited()
    {
        var order = await plant.Release();
        await Service.Do(Reports(order.Pack), order.Report(5, 9, "m2"));
        var found = await Service.Query<Guid>($"SELECT id FROM discrepancy WHERE order_id = '{order.Id}' AND kind = 'sequence'");
        await Service.Do(Reports(order.Turn), order.Report(5, 8));
        (await Service.Query<long>($"SELECT count(*) FROM discrepancy WHERE id = '{found}'")).ShouldBe(0);
        (await Service.Query<long>($"SELECT count(*) FROM audit WHERE changes::text LIKE '%{found}%'")).ShouldBe(2);
    }

    [Fact]
    public async Task An_operation_never_begun_is_not_opened_again()
    {
        var order = await plant.Release();
        using var refused = await Service.Send($"/api/work-orders/operations/{order.Turn}/reopen", null);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("operation-not-done");
    }

    [Fact]
    public async Task An_order_is_cancelled_once_its_reports_are_undone()
    {
        var order = await plant.Release();
        var report = Guid.NewGuid();
        await Service.Do(Reports(order.Turn), order.Report(5, 8), report);
        await Service.Do($"/api/work-orders/reports/{report}/undo", new { reason = "wrong order" });
        (await Service.Query<string>($"SELECT status FROM operation WHERE id = '{order.Turn}'")).ShouldBe("Waiting");
        await Service.Do($"/api/work-orders/orders/{order.Id}/cancel", new { reason = "wrong order" });
    }

    [Fact]
    public async Task Where_the_rest_is_scrap_operations_are_done_over_all_their_chain()
    {
        var order = await plant.Release(new { sequence = "Warn", completesByQuantity = true });
        await Service.Do(Reports(order.Turn), order.Report(8, 8));
        await Service.Do(Reports(order.Pack), order.Report(8, 9, "m2"));
        var version = await Service.Query<long>($"SELECT version FROM work_order WHERE id = '{order.Id}'");
        await Service.Do(Reports(order.Turn), order.Report(0, 10, scrap: 2));
        (await Service.Query<long>($"SELECT count(*) FROM operation WHERE order_id = '{order.Id}' AND status = 'Done'"))
            .ShouldBe(2);
        (await Service.Query<long>($"SELECT version FROM work_order WHERE id = '{order.Id}'")).ShouldBe(version + 1);
        var closed = await Service.Do($"/api/work-orders/orders/{order.Id}/close", new { });
        closed.GetProperty("status").GetString().ShouldBe("ClosedShort");
    }

    [Fact]
    public async Task The_dispatch_list_offers_only_pieces_that_can_come()
    {
        var order = await plant.Release();
        await Service.Do(Reports(order.Turn), order.Report(8, 8, scrap: 2));
        var card = await Card(order, "m1");
        card.GetProperty("open").GetDecimal().ShouldBe(0);
        card.GetProperty("waitsFor")[0].GetString().ShouldBe("pieces");
        (await Card(order, "m2")).GetProperty("open").GetDecimal().ShouldBe(8);
        await Service.Deliver("workorders-heed-shortages",
            new MaterialAvailabilityChanged(order.Id, 1, [new Shortage("M", 1, "pcs", Reason: "expired")]));
        (await Card(order, "m2")).GetProperty("waitsFor")[0].GetString().ShouldBe("material-expired");
    }

    [Fact]
    public async Task An_operation_is_not_ready_where_the_one_before_made_scrap_only_but_where_it_was_skipped()
    {
        var scrapped = await plant.Release();
        await Service.Do(Reports(scrapped.Turn), scrapped.Report(0, 8, scrap: 10));
        await Service.Do($"/api/work-orders/operations/{scrapped.Turn}/complete", new { });
        (await Card(scrapped, "m2")).GetProperty("waitsFor")[0].GetString().ShouldBe("pieces");
        var skipped = await plant.Release();
        await Service.Do($"/api/work-orders/operations/{skipped.Turn}/complete", new { });
        (await Card(skipped, "m2")).GetProperty("isReady").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("Warn", "predecessor", "material", "skill")]
    [InlineData("Off")]
    public async Task An_operation_waits_for_nothing_that_its_routing_does_not_ask_for(string asked, params string[] reasons)
    {
        var order = await plant.Release(new { sequence = asked, material = asked, qualification = asked });
        await Service.Deliver("workorders-heed-shortages",
            new MaterialAvailabilityChanged(order.Id, 1, [new Shortage("M", 1, "pcs", Reason: "missing")]));
        var card = await Card(order, "m2", "&operator=NOBODY");
        card.GetProperty("waitsFor").EnumerateArray().Select(reason => reason.GetString()).ShouldBe(reasons);
        card.GetProperty("isReady").GetBoolean().ShouldBe(reasons.Length == 0);
    }

    [Fact]
    public async Task The_feed_for_the_ERP_ends_and_says_where_to_go_on()
    {
        var order = await plant.Release();
        await Service.Do(Reports(order.Turn), order.Report(1, 8));
        await Sequenced();
        var last = await Service.Query<long>("SELECT max(position) FROM erp_feed");
        var page = await Service.Get($"/api/erp/confirmations?after={last - 1}");
        (page.GetProperty("next").ValueKind, page.GetProperty("cursor").GetString()).ShouldBe((JsonValueKind.Null, $"{last}"));
        var end = await Service.Get($"/api/erp/confirmations?after={last}");
        (end.GetProperty("items").GetArrayLength(), end.GetProperty("next").ValueKind, end.GetProperty("cursor").GetString())
            .ShouldBe((0, JsonValueKind.Null, $"{last}"));
        await Service.Do(Reports(order.Turn), order.Report(1, 9));
        await Sequenced();
        var full = await Service.Get($"/api/erp/confirmations?after={last - 1}&size=1");
        (full.GetProperty("next").GetString(), full.GetProperty("cursor").GetString()).ShouldBe(($"{last}", $"{last}"));
    }

    [Fact]
    public async Task An_order_lists_its_own_confirmations_alone()
    {
        var (order, other) = (await plant.Release(), await plant.Release());
        var reports = new[] { Guid.NewGuid(), Guid.NewGuid() };
        await Service.Do(Reports(order.Turn), order.Report(1, 8), reports[0]);
        await Service.Do(Reports(other.Turn), other.Report(1, 8));
        await Service.Do(Reports(order.Turn), order.Report(2, 9), reports[1]);
        await Sequenced();
        var listed = (await Service.Get($"/api/work-orders/orders/{order.Id}/confirmations")).GetProperty("items");
        listed.EnumerateArray().Select(one => (one.GetProperty("key").GetGuid(), one.GetProperty("good").GetDecimal()))
            .ShouldBe([(reports[0], 1), (reports[1], 2)]);
        using var unknown = await Service.Http.GetAsync($"/api/work-orders/orders/{Guid.NewGuid()}/confirmations");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    Task Sequenced() => Poll.Until(async () => await Service.Query<long>("SELECT count(*) FROM erp_pending") == 0,
        TimeSpan.FromMinutes(2), "all confirmations have their position");

    async Task<JsonElement> Card(Plant.Order of, string equipment, string more = "") =>
        (await Service.Get($"/api/work-orders/dispatch?equipment={equipment}&size=1000{more}")).GetProperty("items")
            .EnumerateArray().Single(card => card.GetProperty("order").GetString() == of.Number);

    /// <summary>Found by the order's number as by its id.</summary>
    async Task<Guid[]> Equal(Plant.Order order)
    {
        var found = await Found($"orderId={order.Id}");
        (await Found($"order={order.Number}")).ShouldBe(found);
        (await Found($"order={order.Id}")).ShouldBeEmpty("an id is no number");
        return found;

        async Task<Guid[]> Found(string filter) =>
        [
            .. (await Service.Get($"/api/work-orders/discrepancies?{filter}&kind=equal-report")).GetProperty("items")
                .EnumerateArray().Select(row => row.GetProperty("subjectId").GetGuid()),
        ];
    }
}
