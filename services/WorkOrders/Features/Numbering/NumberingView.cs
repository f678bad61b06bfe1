using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Numbering;

/// <summary>How things of a kind are numbered.</summary>
/// <param name="Kind">What gets the numbers.</param>
/// <param name="Product">Code of the product whose things they are, or null for all that have no rule of their own.</param>
/// <param name="Pattern">How they are written.</param>
/// <param name="Reset">When the counter begins at 1 again.</param>
/// <param name="Next">The number that comes next.</param>
public sealed record NumberingView(NumberingKind Kind, string? Product, string Pattern, CounterReset Reset, string Next)
{
    internal static NumberingView Of(NumberingRule rule, DateOnly today) => new(
        rule.Kind, rule.Product.Length == 0 ? null : rule.Product, rule.Pattern, rule.Reset, rule.Preview(today, 1)[0]);
}
