using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Tests.Features.Orders;

/// <summary>Orders that are sent again or changed by hand, and what master data must fit, over HTTP.</summary>
public sealed class ChangedOrderTests(Plant plant) : IClassFixture<Plant>
{
    ServiceHost<WorkOrdersDb> Service => plant.Service;

    static readonly DateTimeOffset Due = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddTicks(7);

    static object Sent(Plant.Order order, decimal quantity = 10, string? lot = null, string routing = "R", int priority = 0)
    {
        DateTimeOffset? dueAt = quantity == 10 ? null : Due;
        return new { number = order.Number, routing, revision = order.Number, quantity, lot, priority, release = true, dueAt };
    }

    Task<long> Told(Plant.Order order) => Service.Query<long>($"SELECT version FROM work_order WHERE id = '{order.Id}'");

    [Fact]
    public async Task An_order_sent_again_changes_and_the_same_again_changes_nothing()
    {
        var order = await plant.Release();
        var version = await Told(order);
        await Service.Define("/api/erp/orders", Sent(order));
        (await Told(order)).ShouldBe(version);

        var changed = await Service.Define("/api/erp/orders", Sent(order, 12, priority: 100));
        (changed.GetProperty("quantity").GetDecimal(), changed.GetProperty("priority").GetInt32()).ShouldBe((12, 100));
        changed.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2029, 12, 31, 16, 0, 0, TimeSpan.Zero));
        (await Card(order)).GetProperty("quantity").GetDecimal().ShouldBe(12);
        await Service.Define("/api/erp/orders", Sent(order, 12, priority: 100));
        (await Told(order)).ShouldBe(version + 1);
    }

    [Fact]
    public async Task Of_an_order_sent_again_nothing_else_may_change()
    {
        var order = await plant.Release();
        foreach (var other in new[] { Sent(order, lot: "other"), Sent(order, routing: "other") })
        {
            using var refused = await Service.SendDefinition("/api/erp/orders", other);
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }
        await Service.Do("/api/work-orders/operations/" + order.Turn + "/reports", order.Report(8, 8));
        using var below = await Service.SendDefinition("/api/erp/orders", Sent(order, 7));
        await ShouldBe(below, "quantity-below-done");
    }

    [Fact]
    public async Task An_order_is_changed_by_hand_by_who_may_release_it_and_the_audit_says_why()
    {
        var order = await plant.Release();
        var wanted = new { quantity = 20, priority = 5, dueAt = "2030-01-01T00:00:00Z", reason = "customer asked for more" };
        using (var refused = await Service.Send($"/api/work-orders/orders/{order.Id}/change", wanted, role: Roles.Engineer))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        using (var taken = await Service.Send($"/api/work-orders/orders/{order.Id}/change", wanted, role: Roles.Planner))
        {
            taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        (await Service.Query<string>(
            $"SELECT reason FROM audit WHERE changes::text LIKE '%{order.Id}%' ORDER BY id DESC LIMIT 1"))
            .ShouldBe("customer asked for more");
        (await Card(order)).GetProperty("open").GetDecimal().ShouldBe(20);
    }

    [Fact]
    public async Task What_was_too_much_is_no_discrepancy_once_more_is_ordered()
    {
        var order = await plant.Release();
        await Service.Do($"/api/work-orders/operations/{order.Turn}/reports", order.Report(12, 8));
        (await Discrepancies(order)).ShouldBe(1);
        await Service.Define("/api/erp/orders", Sent(order, 12));
        (await Discrepancies(order)).ShouldBe(0);
    }

    [Fact]
    public async Task Two_orders_of_a_product_never_make_one_lot_unless_the_first_is_cancelled()
    {
        var first = await plant.Release();
        var number = Guid.NewGuid().ToString("N");
        var again = new { number, routing = "R", revision = first.Number, quantity = 1, lot = first.Number };
        using (var refused = await Service.SendDefinition("/api/erp/orders", again))
        {
            await ShouldBe(refused, "lot-in-use");
        }
        await Service.Do($"/api/work-orders/orders/{first.Id}/cancel", new { reason = "entered twice" });
        await Service.Define("/api/erp/orders", again);
    }

    [Fact]
    public async Task Of_two_orders_for_one_lot_that_arrive_together_one_is_taken()
    {
        var first = await plant.Release();
        var lot = Guid.NewGuid().ToString("N");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Service.SendDefinition("/api/erp/orders",
            new { number = Guid.NewGuid().ToString("N"), routing = "R", revision = first.Number, quantity = 1, lot })));
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_product_keeps_its_unit_once_anything_was_ordered_of_it_and_takes_a_known_one()
    {
        var code = $"P-{Guid.NewGuid():N}";
        await Service.Define("/api/work-orders/products", new { code, name = "Part", unit = "pcs" });
        await Service.Define("/api/work-orders/routings", new
        {
            code, revision = "1", product = code,
            steps = new[] { new { code = "a", equipment = new[] { "m1" }, isReceipt = true } }
        });
        using (var unknown = await Service.SendDefinition("/api/work-orders/products",
            new { code, name = "Part", unit = "furlong" }))
        {
            await ShouldBe(unknown, "unit-not-found");
        }
        var order = await Service.Define("/api/erp/orders", new { number = code, routing = code, quantity = 1 });
        using (var used = await Service.SendDefinition("/api/work-orders/products", new { code, name = "Part", unit = "kg" }))
        {
            await ShouldBe(used, "product-in-use");
        }
        await Service.Define("/api/work-orders/products", new { code, name = "Renamed", unit = "pcs" });
        await Service.Do($"/api/work-orders/orders/{order.GetProperty("id").GetGuid()}/cancel", new { reason = "x" });
        await Service.Define("/api/work-orders/products", new { code, name = "Part", unit = "kg" });
        var made = await Service.Define("/api/erp/orders", new { number = code + "/2", routing = code, quantity = 1 });
        await Service.Do($"/api/work-orders/orders/{made.GetProperty("id").GetGuid()}/release", new { });
        await Service.Do($"/api/erp/orders/{Uri.EscapeDataString(code + "/2")}/close", new { reason = "x" });
        using var closed = await Service.SendDefinition("/api/work-orders/products", new { code, name = "Part", unit = "pcs" });
        await ShouldBe(closed, "product-in-use");
    }

    [Fact]
    public async Task Routings_whose_codes_and_revisions_join_to_one_text_are_all_on_some_page()
    {
        var (code, product) = (Guid.NewGuid().ToString("N"), $"P-{Guid.NewGuid():N}");
        await Service.Define("/api/work-orders/products", new { code = product, name = "Part", unit = "pcs" });
        var steps = new[] { new { code = "a", equipment = new[] { "m1" }, isReceipt = true } };
        await Service.Define("/api/work-orders/routings", new { code, revision = "B/C", product, steps });
        await Service.Define("/api/work-orders/routings", new { code = code + "/B", revision = "C", product, steps });

        var (found, after) = (new List<string>(), "");
        do
        {
            var page = await Service.Get($"/api/work-orders/routings?product={product}&size=1{after}");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("revision").GetString()!));
            after = page.GetProperty("next").GetString() is { } next ? $"&after={Uri.EscapeDataString(next)}" : "";
        }
        while (after.Length > 0);
        found.ShouldBe(["B/C", "C"]);

        using var wrong = await Service.Http.GetAsync("/api/work-orders/routings?after=x");
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("page-key-wrong");
    }

    [Fact]
    public async Task A_component_is_counted_in_a_known_unit()
    {
        using var refused = await Service.SendDefinition("/api/work-orders/routings", new
        {
            code = "C", revision = Guid.NewGuid().ToString("N"), product = "P",
            steps = new[] { new { code = "a", equipment = new[] { "m1" }, isReceipt = true } },
            components = new[] { new { material = "M", quantityPerUnit = 1, unit = "furlong" } }
        });
        await ShouldBe(refused, "unit-not-found");
    }

    [Fact]
    public async Task A_routing_warns_of_equipment_that_nobody_knows_or_that_is_retired()
    {
        var known = new EquipmentChanged("known", 1, "K", "W", EquipmentKind.Production);
        await Service.Deliver("workorders-know-equipment", known);
        await Service.Deliver("workorders-know-equipment", known with { Code = "old", RetiredAt = DateTimeOffset.UnixEpoch });
        var routing = await Service.Define("/api/work-orders/routings", new
        {
            code = "W", revision = Guid.NewGuid().ToString("N"), product = "P",
            steps = new[] { new { code = "a", equipment = new[] { "known", "old", "typo" }, isReceipt = true } }
        });
        routing.GetProperty("warnings").EnumerateArray()
            .Select(warning => (warning.GetProperty("code").GetString(), warning.GetProperty("equipment").GetString()))
            .ShouldBe([("equipment-retired", "old"), ("equipment-not-found", "typo")]);
    }

    [Fact]
    public async Task What_is_taken_of_equipment_and_resources_is_in_the_audit()
    {
        var unit = new EquipmentChanged($"E{Guid.NewGuid():N}", 1, "Mill", "W", EquipmentKind.Production);
        await Service.Deliver("workorders-know-equipment", unit);
        await Service.Deliver("workorders-know-equipment", unit with { Version = 2, Name = "Lathe" });
        await Service.Deliver("workorders-know-equipment", unit);
        (await Audited("equipment", unit.Code)).ShouldBe("- Mill, Mill Lathe");
        var welders = new ResourceChanged($"R{Guid.NewGuid():N}", 1, "Welders", 2);
        await Service.Deliver("workorders-know-resource", welders);
        await Service.Deliver("workorders-know-resource", welders with { Version = 2, Capacity = 3 });
        await Service.Deliver("workorders-know-resource", welders);
        (await Audited("resource", welders.Code)).ShouldBe("- 2, 2 3");

        Task<string> Audited(string table, string key) => Service.Query<string>(
            $"""
            SELECT string_agg(concat_ws(' ', coalesce({Told("old")}, '-'), {Told("new")}), ', ' ORDER BY id)
            FROM audit CROSS JOIN jsonb_array_elements(changes) change
            WHERE change ->> 'table' = '{table}' AND change ->> 'key' = '{key}'
            """);

        static string Told(string side) => $"coalesce(change -> '{side}' ->> 'Name', change -> '{side}' ->> 'Capacity')";
    }

    [Fact]
    public async Task A_routing_warns_of_resources_that_nobody_knows_or_of_which_there_are_too_few()
    {
        var welders = new ResourceChanged("welders", 2, "Welders", 2);
        await Service.Deliver("workorders-know-resource", welders, times: 2);
        await Service.Deliver("workorders-know-resource", welders with { Version = 1, Capacity = 9 });
        var routing = await Service.Define("/api/work-orders/routings", new
        {
            code = "W", revision = Guid.NewGuid().ToString("N"), product = "P", steps = new[]
            {
                Step("few", false, ("welders", 2)), Step("many", false, ("welders", 3)), Step("typo", true, ("welder", 1))
            }
        });
        string?[][] warned = [["resource-too-small", "many", "welders"], ["resource-not-found", "typo", "welder"]];
        Warnings(routing).ShouldBe(warned);
        var listed = (await Service.Get("/api/work-orders/routings?product=P&size=1000")).GetProperty("items").EnumerateArray()
            .Single(found => found.GetProperty("revision").GetString() == routing.GetProperty("revision").GetString());
        Warnings(listed).ShouldBe(warned);

        static string?[][] Warnings(JsonElement of) => [.. of.GetProperty("warnings").EnumerateArray()
            .Where(warning => warning.GetProperty("equipment").ValueKind == JsonValueKind.Null)
            .Select(warning => new[] { "code", "step", "resource" }
                .Select(name => warning.GetProperty(name).GetString()).ToArray())];

        static object Step(string code, bool isReceipt, (string Resource, int Quantity) needs) => new
        {
            code, equipment = new[] { "m1" }, isReceipt,
            planning = new { resources = new[] { new { resource = needs.Resource, quantity = needs.Quantity } } }
        };
    }

    public static TheoryData<string> Plannings =>
    [
        "{}", """{"alternatives":[],"resources":[],"links":[]}""", """{"alternatives":null,"resources":null,"links":null}""",
        """{"alternatives":[{"equipment":"m1"}]}""", """{"resources":[{"resource":"welder"}],"isSplittable":false}""", "null",
    ];

    [Theory, MemberData(nameof(Plannings))]
    public async Task Whatever_a_step_says_to_the_scheduler_work_on_it_can_be_reported(string planning)
    {
        var number = Guid.NewGuid().ToString("N");
        var steps = JsonDocument.Parse($$"""
            [{"code":"a","equipment":["m1"],"planning":{{planning}}},
             {"code":"b","equipment":["m2","m1"],"isReceipt":true,"planning":{{planning}}},
             {"code":"c","equipment":["m1"],"planning":{"links":[{"after":"a"}]} }]
            """).RootElement;
        await Service.Define("/api/work-orders/routings",
            new { code = "F", revision = number, product = "P", steps, components = Array.Empty<object>(), policies = new { } });
        var order = await Service.Define(
            "/api/erp/orders", new { number, routing = "F", revision = number, quantity = 1, release = true });
        var signOn = await Service.Do(
            "/api/work-orders/sign-ons", new { @operator = "O", station = "T", at = "2026-01-01T00:00:00Z" });
        foreach (var (operation, equipment) in order.GetProperty("operations").EnumerateArray().Zip(["m1", "m2", "m1"]))
        {
            await Service.Do($"/api/work-orders/operations/{operation.GetProperty("id").GetGuid()}/reports", new
            {
                signOnId = signOn.GetProperty("id").GetGuid(), equipment, activity = "Run", good = 1,
                startedAt = "2026-01-02T08:00:00Z", endedAt = "2026-01-02T08:00:00Z", consumed = Array.Empty<object>()
            });
        }
        await Service.Get($"/api/erp/orders/{number}");
    }

    async Task<JsonElement> Card(Plant.Order order) =>
        (await Service.Get("/api/work-orders/dispatch?equipment=m1&size=1000")).GetProperty("items").EnumerateArray()
            .Single(card => card.GetProperty("order").GetString() == order.Number);

    async Task<int> Discrepancies(Plant.Order order) =>
        (await Service.Get($"/api/work-orders/discrepancies?order={order.Number}")).GetProperty("items").GetArrayLength();

    static async Task ShouldBe(HttpResponseMessage refused, string code)
    {
        var text = await refused.Content.ReadAsStringAsync();
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, text);
        text.ShouldContain($"\"code\":\"{code}\"");
    }
}
