using Hangfire.Storage;
using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Inventory.Features.Reservations;
using Mes.Jobs;
using Mes.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static Mes.Inventory.Tests.Given;

namespace Mes.Inventory.Tests.Features.Stock;

/// <summary>Stock is what Quality has left of it, and what has expired is never used silently.</summary>
public sealed class JudgedStockTests(InventoryService service) : IClassFixture<InventoryService>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_ten_pieces_of_which_an_inspection_rejects_two_eight_are_issued(bool inTurn)
    {
        var product = await service.NewMaterial();
        var made = Report(product, "L1", 10);
        var hold = new QualityHoldChanged(Guid.NewGuid(), 1, true, null, null, product, "L1", "INS-1 must be passed first");
        var rejected = Correction(made, good: -2);
        await service.Hold(hold);
        await service.Report(inTurn ? [made, rejected] : [rejected, made]);
        await service.Report(rejected.Counter(), Correction(made, good: -2, scrap: 2));
        await service.Hold(hold with { Version = 2, IsActive = false });

        var refused = await service.Refused(422, "not-enough-stock", "/issues",
            new { order = "W", material = product, quantity = 10, unit = "pcs", lot = "L1" });
        ((decimal)refused["available"]!).ShouldBe(8);
        await service.Post("/issues", new { order = "W", material = product, quantity = 8, unit = "pcs", lot = "L1" });

        (await service.OnHand(product)).ShouldBe(0);
        (await service.OpenDiscrepancies(product)).ShouldBeEmpty();
        ((decimal)(await service.Get($"/production-receipts/summary{Given.January}&product={product}"))["pieces"]!).ShouldBe(8);
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task Rejected_pieces_that_are_gone_already_are_a_discrepancy()
    {
        var product = await service.NewMaterial();
        var made = Report(product, "L1", 10);
        await service.Report(made);
        await service.Post("/issues", new { order = "W", material = product, quantity = 9, unit = "pcs", lot = "L1" });
        await service.Report(Correction(made, good: -2));

        (await service.OpenDiscrepancies(product)).ShouldBe([("reversal-short", 1)]);
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task What_is_handed_out_is_judged_by_its_own_time()
    {
        var material = await service.NewMaterial();
        var expired = TimeProvider.System.GetUtcNow().AddHours(-1);
        await service.Receive(material, "L", 10, expiresAt: expired, occurredAt: expired.AddDays(-1));
        var issue = new { order = "W", material, quantity = 1, unit = "pcs", lot = "L", occurredAt = expired.AddHours(-1) };

        await service.Post("/issues", issue);
        await service.Refused(422, "lot-expired", "/issues", issue with { occurredAt = expired.AddMinutes(1) });
        (await service.Scalar<long>(
            $$"""
            SELECT count(*) FROM audit, jsonb_array_elements(changes) c
            WHERE c->>'table' = 'lot' AND c::text LIKE '%{{material}}%' AND c->>'new' ILIKE '%expiresAt%'
            """)).ShouldBe(1);
    }

    [Fact]
    public async Task A_report_that_uses_up_what_had_expired_is_a_discrepancy_until_it_is_undone()
    {
        var material = await service.NewMaterial();
        var report = Report("P", "P1", 0, isReceipt: false, consumed: Used(material, "OLD", 3));
        await service.Receive(material, "OLD", 10, expiresAt: report.EndedAt, occurredAt: report.StartedAt.AddDays(-1));

        await service.Report(report);
        (await service.OpenDiscrepancies(material)).ShouldBe([("expired-lot-consumed", 3)]);
        (await service.Scalar<long>(
            "SELECT count(*) FROM audit WHERE changes::text LIKE '%expired-lot-consumed%'")).ShouldBe(1);

        await service.Report(report.Counter());
        (await service.OpenDiscrepancies(material)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reservation_whose_lot_expires_is_served_of_another_lot_and_told_as_expired_where_none_is_left()
    {
        var material = await service.NewMaterial();
        var number = $"W-{Guid.NewGuid():n}"[..12];
        var soon = TimeProvider.System.GetUtcNow().AddHours(1);
        await service.Receive(material, "OLD", 5, expiresAt: soon);
        await service.Receive(material, "NEW", 2);
        await service.Change(Order(number, 1, WorkOrderStatus.Released, null, new RequiredMaterial(material, 5, "pcs")));

        await Expire(material, "OLD");

        (await service.OpenDiscrepancies(material)).ShouldBe([("reserved-lot-expired", 5)]);
        var reserved = (await service.Get($"/reservations?order={number}"))["items"]!.AsArray();
        reserved.Select(row => ((string)row!["lot"]!, (decimal)row["quantity"]!)).ShouldBe([("NEW", 2m)]);
        var after = $"/reservations?order={number}&from={soon.UtcDateTime:O}";
        (await service.Get(after))["items"]!.AsArray().ShouldBeEmpty("none is made later");
        (await service.Published<MaterialAvailabilityChanged>()).Last(told => told.OrderId == IdOf(number))
            .Shortages.ShouldBe([new Shortage(material, 3, "pcs", Reason: "expired")]);
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task What_other_lots_have_served_is_not_told_as_expired_later()
    {
        var material = await service.NewMaterial();
        var number = $"W-{Guid.NewGuid():n}"[..12];
        await service.Receive(material, "OLD", 5, expiresAt: TimeProvider.System.GetUtcNow().AddHours(1));
        await service.Receive(material, "NEW", 5);
        await service.Change(Order(number, 1, WorkOrderStatus.Released, null,
            new RequiredMaterial(material, 5, "pcs")));
        await Expire(material, "OLD");

        (await service.Scalar<bool>($"SELECT has_expired FROM component_demand WHERE material = '{material}'"))
            .ShouldBeFalse();
        await service.Change(Order(number, 2, WorkOrderStatus.Released, null,
            new RequiredMaterial(material, 8, "pcs")));
        (await service.Published<MaterialAvailabilityChanged>()).Last(told => told.OrderId == IdOf(number))
            .Shortages.ShouldBe([new Shortage(material, 3, "pcs")]);
    }

    [Fact]
    public async Task An_expired_lot_that_cannot_be_released_keeps_no_other_waiting_and_fails_the_job()
    {
        var material = await service.NewMaterial();
        var number = $"W-{Guid.NewGuid():n}"[..12];
        foreach (var lot in new[] { "A-STUCK", "B" })
        {
            await service.Receive(material, lot, 5, expiresAt: TimeProvider.System.GetUtcNow().AddHours(1));
        }
        await service.Change(Order(number, 1, WorkOrderStatus.Released, null, new RequiredMaterial(material, 10, "pcs")));
        await service.Scalar<string>(
            """
            DO $$ BEGIN
                CREATE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''stuck''; END';
                CREATE TRIGGER stuck BEFORE UPDATE OR DELETE ON reservation
                    FOR EACH ROW WHEN (OLD.lot = 'A-STUCK') EXECUTE FUNCTION stuck();
            END $$;
            SELECT ''
            """);
        try
        {
            await service.Scalar<string>(
                $"UPDATE lot SET expires_at = now() WHERE material = '{material}' AND number = 'A-STUCK' RETURNING number");
            await Expire(material, "B");
            (await service.Get($"/reservations?order={number}"))["items"]!.AsArray()
                .Select(row => (string)row!["lot"]!).ShouldBe(["A-STUCK"]);
            var job = ReleaseNow();
            await Poll.Until(() => Task.FromResult(Jobs.StateOf(job) == "Failed"), Bound, "the job fails");
        }
        finally
        {
            await service.Scalar<string>("DROP FUNCTION stuck() CASCADE; SELECT ''");
        }
        ReleaseNow();
        await Poll.Until(async () => (await service.OpenDiscrepancies(material)).Count == 2, Bound, "the first is released, too");
        await service.BooksMustBalance();
    }

    [Fact]
    public async Task Expiry_is_looked_for_every_minute_by_a_schedule()
    {
        await Poll.Until(() =>
        {
            using var connection = Jobs.Storage.GetConnection();
            return Task.FromResult(connection.GetRecurringJobs()
                .Any(known => (known.Id, known.Cron) == (ReleaseExpired.Key, "* * * * *")));
        }, Bound, "the schedule is stored");
    }

    static TimeSpan Bound => TimeSpan.FromSeconds(60);

    Jobs<InventoryDb> Jobs => service.Services.GetRequiredService<Jobs<InventoryDb>>();

    string ReleaseNow() => Jobs.Enqueue(ReleaseExpired.Key);

    /// <summary>Has a lot expire and waits until its reservations are released.</summary>
    async Task Expire(string material, string lot)
    {
        await service.Scalar<string>(
            $"UPDATE lot SET expires_at = now() WHERE material = '{material}' AND number = '{lot}' RETURNING number");
        ReleaseNow();
        await Poll.Until(async () => (await service.OpenDiscrepancies(material)).Count > 0, Bound, "the expiry is seen");
    }

    [Fact]
    public async Task The_unit_of_what_open_orders_make_stays()
    {
        var product = await service.NewMaterial();
        var number = $"W-{Guid.NewGuid():n}"[..12];
        await service.Change(Order(number, 1, WorkOrderStatus.Released) with { Product = product });

        using var refused = await service.Send(
            HttpMethod.Put, $"/materials/{product}", new { name = product, unit = "kg", isTrackedByLot = true });
        (await refused.Content.ReadAsStringAsync()).ShouldContain("material-in-use");
        await service.Apply("inventory-define-material", [new ProductChanged(product, 1, product, "kg")]);
        await service.Report(Report(product, "L1", 4));

        (await service.OnHand(product)).ShouldBe(4);
        (await service.OpenDiscrepancies(product)).ShouldBe([("unit-changed", 0)]);
    }

    static ProductionReported Correction(ProductionReported of, decimal good, decimal scrap = 0) => of with
    {
        ReportId = Guid.NewGuid(),
        Corrects = of.ReportId,
        Good = good,
        Scrap = scrap,
        Nonconforming = -good - scrap,
        StartedAt = of.EndedAt
    };
}
