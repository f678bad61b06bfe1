using Mes.Contracts;
using Mes.Kernel;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Domain;

/// <summary>The rules for reports that name pieces, without database.</summary>
public sealed class PieceRuleTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    static WorkOrder Order(Enforcement serials = Enforcement.Warn)
    {
        var order = new Routing
        {
            Code = "R", Revision = "1", Product = "P", Components = [],
            Policies = new Policies(Enforcement.Off, Enforcement.Off, Enforcement.Off, Enforcement.Off, serials),
            Steps = [new RoutingStep("turn", ["m1"]), new RoutingStep("pack", ["m2"], IsReceipt: true)]
        }.Order(new OrderRequest("1", null, new OrderDemand(10, 0, null, null)), "pcs");
        order.Release();
        return order;
    }

    static ReportingContext At(WorkOrder order, int operation = 0, bool isSerialized = true, PiecePast? past = null,
        ComponentPiece? component = null) =>
        new()
        {
            Order = order, Operation = order.Operations[operation], Qualifications = [], Now = Noon,
            IsEquipmentKnown = true, IsSerialized = isSerialized,
            SignOn = new SignOn { Operator = "O", Station = "S", SignedOnAt = Noon.AddHours(-8) },
            NamedPieces = new PieceFacts
            {
                OrderOf = new Dictionary<string, (Guid, string)>
                {
                    ["S1"] = (order.Id, order.Number), ["S2"] = (order.Id, order.Number), ["X"] = (Guid.NewGuid(), "other")
                },
                Past = past is null ? [] : [past], Components = component is null ? [] : [component]
            }
        };

    static ProductionReport Report(
        decimal good = 1, decimal scrap = 0, bool isRework = false, ConsumedLot? used = null, params ReportedPiece[] pieces) =>
        new()
        {
            Id = Guid.NewGuid(), Equipment = "m1", Operator = "O", Good = good, Scrap = scrap, IsRework = isRework,
            Consumed = used is null ? [] : [used], Serials = pieces, StartedAt = Noon.AddHours(-1), EndedAt = Noon,
            ReportedAt = Noon
        };

    static readonly ReportedPiece Good = new("S1", PieceResult.Good);

    static string? Refusal(ProductionReport report, ReportingContext context)
    {
        try
        {
            Reporting.Take(report, context);
            return null;
        }
        catch (RuleViolation broken)
        {
            return broken.Code;
        }
    }

    [Fact]
    public void Of_each_result_as_many_pieces_are_named_as_are_reported_or_none()
    {
        Refusal(Report(2, pieces: Good), At(Order())).ShouldBe("serials-do-not-agree");
        Refusal(Report(1.5m, pieces: Good), At(Order())).ShouldBe("serials-do-not-agree");
        Refusal(Report(0, 1, pieces: Good), At(Order())).ShouldBe("serials-do-not-agree");
        Refusal(Report(1, 1, pieces: Good), At(Order())).ShouldBeNull();
        Refusal(Report(1, 1, pieces: [Good, new("S2", PieceResult.Scrap)]), At(Order())).ShouldBeNull();
    }

    [Fact]
    public void A_piece_is_one_of_the_order()
    {
        Refusal(Report(pieces: new ReportedPiece("none", PieceResult.Good)), At(Order())).ShouldBe("serial-unknown");
        Refusal(Report(pieces: new ReportedPiece("X", PieceResult.Good)), At(Order())).ShouldBe("serial-of-other-order");
        Refusal(Report(pieces: Good), At(Order(), isSerialized: false)).ShouldBe("product-not-serialized");
    }

    [Theory]
    [InlineData(PieceResult.Scrap, true, true, "piece-scrapped")]
    [InlineData(PieceResult.Scrap, false, false, "piece-scrapped")]
    [InlineData(PieceResult.Good, true, false, "piece-already-reported")]
    [InlineData(PieceResult.Nonconforming, true, false, "piece-already-reported")]
    [InlineData(PieceResult.Nonconforming, true, true, null)]
    [InlineData(PieceResult.Good, true, true, null)]
    [InlineData(PieceResult.Good, false, false, null)]
    public void What_was_reported_of_a_piece_says_whether_it_goes_on(
        PieceResult before, bool isHere, bool isRework, string? refusal)
    {
        var order = Order();
        var past = new PiecePast("S1", before, isHere ? order.Operations[0].Id : Guid.NewGuid(), "turn");
        Refusal(Report(isRework: isRework, pieces: Good), At(order, past: past)).ShouldBe(refusal);
    }

    [Theory]
    [InlineData(Enforcement.Off, 1, null, false)]
    [InlineData(Enforcement.Warn, 1, null, true)]
    [InlineData(Enforcement.Block, 1, "serials-missing", false)]
    [InlineData(Enforcement.Block, 0, null, false)]
    public void Naming_is_asked_for_where_pieces_go_into_stock(
        Enforcement policy, int operation, string? refusal, bool isFound)
    {
        Refusal(Report(), At(Order(policy), operation)).ShouldBe(refusal);
        if (refusal is null)
        {
            Reporting.Take(Report(), At(Order(policy), operation)).Contains(DiscrepancyKinds.Serials).ShouldBe(isFound);
        }
        Refusal(Report(pieces: Good), At(Order(policy), operation)).ShouldBeNull();
        Refusal(Report(), At(Order(policy), operation, isSerialized: false)).ShouldBeNull();
        Refusal(Report(good: 0), At(Order(policy), operation)).ShouldBeNull();
    }

    [Theory]
    [InlineData("S1", "C1", "L", 1, false, null, null)]
    [InlineData("S2", "C1", "L", 1, false, null, "piece-not-reported")]
    [InlineData("S1", "C2", "L", 1, false, null, "serial-unknown")]
    [InlineData("S1", "C1", "M", 1, false, null, "serial-of-other-lot")]
    [InlineData("S1", "C1", "L", 2, false, null, "serial-is-one-piece")]
    [InlineData("S1", "C1", "L", 1, true, null, "piece-scrapped")]
    [InlineData("S1", "C1", "L", 1, false, "7", "piece-built-in-before")]
    public void What_is_built_in_goes_once_into_a_piece_of_the_report(
        string into, string serial, string lot, int quantity, bool isScrapped, string? builtInto, string? refusal)
    {
        var component = new ComponentPiece("C", "C1", "L", isScrapped, builtInto);
        Refusal(Report(used: new ConsumedLot("C", lot, quantity, "pcs", into, serial), pieces: Good),
            At(Order(), component: component)).ShouldBe(refusal);
    }
}
