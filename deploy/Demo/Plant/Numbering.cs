namespace Mes.Demo.Plant;

/// <summary>How things get their numbers where nobody gives one: <see cref="Product"/> null for all.</summary>
sealed record NumberingRule(string Kind, string? Product, string Pattern, string Reset);

/// <summary>The rules of the plant.</summary>
static class Numbering
{
    /// <summary>
    /// Orders that are made by hand, beside the ERP's; spindles also have lots by the day and serial numbers by the year, as
    /// they are delivered one by one. Other lots are named after their orders.
    /// </summary>
    public static IReadOnlyList<NumberingRule> All { get; } =
    [
        new("Orders", null, "M-{yy}{MM}-{counter:4}", "Month"),
        new("Lots", "SP-40", "SP40-{yy}{MM}{dd}-{counter:2}", "Day"),
        new("Lots", "SP-A63", "SPA63-{yy}{MM}{dd}-{counter:2}", "Day"),
        new("Serials", "SP-40", "SP40-{yyyy}-{counter:5}", "Year"),
        new("Serials", "SP-A63", "SPA63-{yyyy}-{counter:5}", "Year"),
    ];
}
