using Mes.Kernel;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Tests.Domain;

/// <summary>Numbers of trade items: their forms, and every single digit mistyped.</summary>
public sealed class GtinTests
{
    [Theory]
    [InlineData("9506000134352", "09506000134352")]
    [InlineData("09506000134352", "09506000134352")]
    [InlineData("614141007349", "00614141007349")]
    [InlineData("96385074", "00000096385074")]
    [InlineData("6291041500213", "06291041500213")]
    public void A_number_has_one_form_of_14_digits(string text, string number) => Gtin.Normalize(text).ShouldBe(number);

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("950600013435")]
    [InlineData("950600013435X")]
    [InlineData("９５０６０００１３４３５２")]
    [InlineData("095060001343522")]
    public void What_is_no_number_is_refused(string text) =>
        Should.Throw<RuleViolation>(() => Gtin.Normalize(text)).Code.ShouldBe("gtin-wrong");

    [Fact]
    public void Every_single_mistyped_digit_is_found()
    {
        const string right = "09506000134352";
        for (var place = 0; place < right.Length; place++)
        {
            foreach (var digit in "0123456789".Where(digit => digit != right[place]))
            {
                var mistyped = right[..place] + digit + right[(place + 1)..];
                Should.Throw<RuleViolation>(() => Gtin.Normalize(mistyped), mistyped).Code.ShouldBe("gtin-wrong");
            }
        }
    }
}
