using static Mes.Inventory.Tests.Given;
using Mes.Kernel;
using Mes.Inventory.Domain;

namespace Mes.Inventory.Tests.Domain;

public sealed class RulesTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);
    static readonly Material Tracked = new Material { Code = "M" }.Define("M", "pcs", isTrackedByLot: true);
    static readonly Material Untracked = new Material { Code = "M" }.Define("M", "kg", isTrackedByLot: false);

    [Fact]
    public void A_quantity_is_in_the_unit_of_the_material()
    {
        Tracked.RequireUnit("pcs");
        Should.Throw<RuleViolation>(() => Tracked.RequireUnit("kg")).Code.ShouldBe("wrong-unit");
        Should.Throw<RuleViolation>(() => Tracked.RequireUnit("PCS")).Code.ShouldBe("wrong-unit");
    }

    [Fact]
    public void A_lot_is_named_where_the_material_is_tracked_by_lot_and_only_there()
    {
        Tracked.LotNumber("L").ShouldBe("L");
        Should.Throw<RuleViolation>(() => Tracked.LotNumber(null)).Code.ShouldBe("lot-missing");
        Untracked.LotNumber(null).ShouldBe(Lot.Untracked);
        Untracked.LotNumber(Lot.Untracked).ShouldBe(Lot.Untracked);
        Should.Throw<RuleViolation>(() => Untracked.LotNumber("L")).Code.ShouldBe("not-tracked-by-lot");
    }

    [Fact]
    public void A_held_or_expired_lot_is_not_handed_out()
    {
        Lot Make(LotStatus status, DateTimeOffset? expiresAt) =>
            new() { Material = "M", Number = "L", Origin = "test", Status = status, ExpiresAt = expiresAt };

        Make(LotStatus.Available, Now.AddSeconds(1)).RequireUsable(Now);
        Make(LotStatus.Available, null).RequireUsable(Now);
        Should.Throw<RuleViolation>(() => Make(LotStatus.Held, null).RequireUsable(Now)).Code.ShouldBe("lot-on-hold");
        Should.Throw<RuleViolation>(() => Make(LotStatus.Available, Now).RequireUsable(Now)).Code.ShouldBe("lot-expired");
        Make(LotStatus.Available, Now).IsUsable(Now).ShouldBeFalse();
    }

    [Theory]
    [InlineData(LocationKind.Storage, true, true)]
    [InlineData(LocationKind.LineSide, true, true)]
    [InlineData(LocationKind.Quarantine, true, false)]
    [InlineData(LocationKind.Supplier, false, false)]
    [InlineData(LocationKind.Production, false, false)]
    [InlineData(LocationKind.Consumption, false, false)]
    [InlineData(LocationKind.Scrap, false, false)]
    [InlineData(LocationKind.Adjustment, false, false)]
    public void Stock_lies_in_real_locations_and_is_issued_from_stores_and_line_sides(
        LocationKind kind, bool isReal, bool isIssuable) =>
        (kind.IsReal(), kind.IsIssuable()).ShouldBe((isReal, isIssuable));

    [Fact]
    public void A_report_concerns_stock_by_its_good_pieces_at_a_receipt_operation_and_by_what_it_used_up()
    {
        ProductionLineChange.Of(Report("P", "L", 5, isReceipt: false)).ShouldBeEmpty();
        ProductionLineChange.Of(Report("P", "L", 0, scrap: 3)).ShouldBeEmpty();

        var report = Report("P", "L", 5, consumed: [Used("A", "1", 2), Used("A", "1", 3), Used("B", "1", 0)]);
        ProductionLineChange.Of(report).ShouldBe(
        [
            new(report.ReportId, ProductionLineKind.Consumption, new LotKey("A", "1"), "pcs", 5, 0, report),
            new(report.ReportId, ProductionLineKind.Receipt, new LotKey("P", "L"), "pcs", 5, 0, report)
        ]);
        var counter = report.Counter();
        ProductionLineChange.Of(counter).ShouldBe(
        [
            new(report.ReportId, ProductionLineKind.Consumption, new LotKey("A", "1"), "pcs", 0, 5, counter),
            new(report.ReportId, ProductionLineKind.Receipt, new LotKey("P", "L"), "pcs", 0, 5, counter)
        ]);
    }
}
