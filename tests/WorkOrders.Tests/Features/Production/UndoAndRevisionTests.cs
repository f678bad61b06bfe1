using System.Net;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Features.Production;

/// <summary>Taking reports back, and which revision an order follows.</summary>
public sealed class UndoAndRevisionTests(Plant plant) : IClassFixture<Plant>
{
    ServiceHost<WorkOrdersDb> Service => plant.Service;

    static string Reports(Guid operation) => $"/api/work-orders/operations/{operation}/reports";

    [Fact]
    public async Task An_undone_report_counts_nowhere_and_can_be_undone_once()
    {
        var order = await plant.Release();
        var id = Guid.NewGuid();
        await Service.Do(Reports(order.Pack), order.Report(12, 9, "m2", scrap: 1), id);
        (await Service.Query<long>($"SELECT count(*) FROM discrepancy WHERE order_id = '{order.Id}'")).ShouldBe(2);
        await Service.Do($"/api/work-orders/reports/{id}/undo", new { reason = "typo" });
        using (var again = await Service.Send($"/api/work-orders/reports/{id}/undo", new { reason = "typo" }))
        {
            again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }
        (await Service.Query<decimal>($"SELECT good + scrap FROM operation WHERE id = '{order.Pack}'")).ShouldBe(0);
        (await Service.Query<decimal>($"SELECT received FROM work_order WHERE id = '{order.Id}'")).ShouldBe(0);
        (await Service.Query<long>($"SELECT count(*) FROM discrepancy WHERE order_id = '{order.Id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Undoing_what_completed_an_order_opens_it_and_tells_the_others_a_newer_state()
    {
        var order = await plant.Release(new { sequence = "Warn", completesByQuantity = true });
        var id = Guid.NewGuid();
        await Service.Do(Reports(order.Pack), order.Report(10, 9, "m2"), id);
        var row = $"FROM work_order WHERE id = '{order.Id}'";
        (await Service.Query<string>($"SELECT status {row}")).ShouldBe("Completed");
        var version = await Service.Query<long>($"SELECT version {row}");
        await Service.Do($"/api/work-orders/reports/{id}/undo", new { reason = "typo" });
        (await Service.Query<string>($"SELECT status {row}")).ShouldBe("Released");
        (await Service.Query<long>($"SELECT version {row}")).ShouldBe(version + 1);
    }

    [Fact]
    public async Task An_operator_may_undo_within_a_shift_and_the_foreman_later()
    {
        var order = await plant.Release();
        var ids = new[] { Guid.NewGuid(), Guid.NewGuid() };
        foreach (var id in ids) await Service.Do(Reports(order.Turn), order.Report(1, 8), id);
        (await Undo(ids[0], Roles.Operator)).ShouldBe(HttpStatusCode.NoContent);
        await Service.Query<int>(
            $"UPDATE report SET reported_at = reported_at - interval '13 hours' WHERE id = '{ids[1]}' RETURNING 1");
        (await Undo(ids[1], Roles.Operator)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Service.Query<decimal>($"SELECT good FROM operation WHERE id = '{order.Turn}'")).ShouldBe(1);
        (await Undo(ids[1], Roles.Foreman)).ShouldBe(HttpStatusCode.NoContent);

        async Task<HttpStatusCode> Undo(Guid report, string role)
        {
            var caller = new Caller("O", "Operator", ActorKind.Operator, null, Roles.PermissionsOf[role]) { Operator = "O" };
            using var answer = await Service.Send(
                $"/api/work-orders/reports/{report}/undo", new { reason = "typo" }, caller: caller);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task An_order_without_a_revision_takes_the_newest_by_number()
    {
        foreach (var revision in new[] { "10", "9", "A1" })
        {
            await Service.Define("/api/work-orders/routings", new
            {
                code = "N", revision, product = "P",
                steps = new object[] { new { code = revision, equipment = new[] { "m1" }, isReceipt = true } }
            });
            if (revision != "10") continue;
            (await Newest()).ShouldBe("10");
        }
        (await Newest()).ShouldBe("A1");
        new[] { "9", "10", "1.10", "1.9", "007" }.OrderBy(Revisions.OrderKey, StringComparer.Ordinal)
            .ShouldBe(["1.9", "1.10", "007", "9", "10"]);

        async Task<string> Newest()
        {
            var order = new { number = Guid.NewGuid().ToString("N"), routing = "N", quantity = 1 };
            var view = await Service.Define("/api/erp/orders", order);
            return view.GetProperty("operations")[0].GetProperty("code").GetString()!;
        }
    }
}
