using Mes.Contracts;
using Mes.Inventory.Domain;

namespace Mes.Inventory.Tests.Domain;

/// <summary>How much of components is used up by itself, without database.</summary>
public sealed class BackflushTests
{
    static decimal Due(decimal required, decimal quantity, decimal good, decimal scrap = 0, decimal nonconforming = 0,
        decimal reworked = 0) =>
        Backflush.Due([new RequiredMaterial("C", required, "kg", "turn", true)], quantity,
            [new OperationPieces("turn", good, scrap, nonconforming, reworked), new OperationPieces("pack", 9, 0, 0, 0)])["C"];

    [Fact]
    public void Of_ten_with_half_a_kilogram_each_five_need_two_and_a_half() => Due(5, 10, 5).ShouldBe(2.5m);

    [Theory]
    [InlineData(4, 0, 0, 0, 2)]
    [InlineData(3, 1, 0, 0, 2)]
    [InlineData(3, 0, 1, 0, 2)]
    [InlineData(4, 0, 1, 1, 2)]     // set aside, then good after its rework: once
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(12, 0, 0, 0, 6)]    // more than ordered needs more
    public void Each_piece_needs_its_part_once_also_where_it_is_scrapped_or_reworked(
        int good, int scrap, int nonconforming, int reworked, int due) =>
        Due(5, 10, good, scrap, nonconforming, reworked).ShouldBe(due);

    [Theory]
    [InlineData("0.333", 3)]
    [InlineData("0.000001", 7)]
    [InlineData("1.234567", 11)]
    public void What_does_not_divide_is_exact_at_the_end_and_never_drifts(string perPiece, int quantity)
    {
        var required = decimal.Parse(perPiece, System.Globalization.CultureInfo.InvariantCulture) * quantity;
        var flushed = 0m;
        for (var good = 1; good <= quantity; good++)
        {
            flushed += Backflush.Difference(new ComponentAccount(Due(required, quantity, good), flushed, flushed, 0, 0));
            Math.Abs(flushed - (required / quantity * good)).ShouldBeLessThanOrEqualTo(0.0000005m);
        }
        flushed.ShouldBe(required);
        // a need that is itself no multiple: a third of 1 each
        Due(1, 3, 1).ShouldBe(0.333333m);
        Due(1, 3, 3).ShouldBe(1);
    }

    [Fact]
    public void Only_what_says_so_and_where_is_used_up_by_itself()
    {
        Backflush.Due([new RequiredMaterial("C", 5, "kg", "turn"), new RequiredMaterial("D", 5, "kg", null, true)], 10,
            [new OperationPieces("turn", 5, 0, 0, 0)]).ShouldBeEmpty();
        Backflush.Due([new RequiredMaterial("C", 5, "kg", "turn", true), new RequiredMaterial("C", 10, "kg", "pack", true)], 10,
            [new OperationPieces("turn", 4, 0, 0, 0), new OperationPieces("pack", 1, 0, 0, 0)])["C"].ShouldBe(3);
    }

    [Theory]
    [InlineData(5, 0, 0, 0, 0, 5)]
    [InlineData(5, 2, 0, 0, 0, 3)]      // handed out before
    [InlineData(5, 5, 3, 0, 0, 0)]
    [InlineData(5, 7, 5, 0, 0, -2)]     // handed out after: not twice
    [InlineData(5, 9, 0, 0, 0, 0)]      // what was handed out is never put back by itself
    [InlineData(2, 5, 5, 0, 0, -3)]     // a report was undone
    [InlineData(5, 0, 0, 2, 0, 3)]      // something else used in its place
    [InlineData(5, 4, 5, 0, 1, 0)]      // 1 given back as not needed
    [InlineData(7, 4, 5, 0, 1, 2)]      // and not taken again later
    public void It_is_what_is_due_less_what_came_by_hand(
        int due, int issued, int flushed, int substituted, int spared, int difference) =>
        Backflush.Difference(new ComponentAccount(due, issued, flushed, substituted, spared)).ShouldBe(difference);

    [Fact]
    public void Whatever_comes_first_the_end_is_the_same()
    {
        var random = new Random(12);
        for (var run = 0; run < 500; run++)
        {
            var account = new ComponentAccount(0, 0, 0, 0, 0);
            var (due, byHand) = (0m, 0m);
            for (var step = 0; step < 12; step++)
            {
                var quantity = random.Next(1, 9) / 4m;
                (due, byHand) = random.Next(2) == 0 ? (due + quantity, byHand) : (due, byHand + quantity);
                account = account with { Due = due, Issued = byHand + account.Flushed };
                var difference = Backflush.Difference(account);
                account = account with { Issued = account.Issued + difference, Flushed = account.Flushed + difference };
                account.Issued.ShouldBe(Math.Max(due, byHand));
            }
        }
    }
}
