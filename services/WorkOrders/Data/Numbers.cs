using System.Globalization;
using System.Linq.Expressions;
using Mes.Kernel;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Data;

/// <summary>
/// Gives numbers by the rules there are. Whoever takes one locks its rule until the commit: none is given twice.
/// </summary>
static class Numbers
{
    const int TakenMax = 1000;

    /// <summary>The day that numbers are dated by: in UTC, as this service knows of no plant's zone.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>The next number of an order.</summary>
    /// <exception cref="RuleViolation">No rule numbers them.</exception>
    public static async Task<string> NextOrder(this WorkOrdersDb db, string product, DateOnly today, CancellationToken ct) =>
        await db.Next(NumberingKind.Orders, product, today, number => order => order.Number == number, ct)
            ?? throw new RuleViolation("order-number-missing", "Give a number, or define the numbering of orders.",
                ("product", product));

    /// <summary>The next number of a lot, or null where no rule numbers them.</summary>
    public static Task<string?> NextLot(this WorkOrdersDb db, string product, DateOnly today, CancellationToken ct) =>
        db.Next(NumberingKind.Lots, product, today, number => order => order.Product == product && order.Lot == number, ct);

    /// <summary>The next serial numbers of an order's product: by the rule, else the order's number with a counter.</summary>
    /// <exception cref="RuleViolation">The next numbers are all in use.</exception>
    public static async Task<IReadOnlyList<string>> NextSerials(
        this WorkOrdersDb db, WorkOrder order, int allotted, int count, DateOnly today, CancellationToken ct)
    {
        var rule = await db.LockRule(NumberingKind.Serials, order.Product, ct);
        var (given, place) = (new List<string>(), allotted);
        for (var turn = 0; given.Count < count; turn++)
        {
            if (turn == TakenMax) throw Taken(rule?.Pattern ?? order.Number);
            string[] next = [.. Enumerable.Range(0, count - given.Count)
                .Select(_ => rule?.Next(today) ?? Counted(order, ++place))];
            var taken = await db.Serials.Where(serial => serial.Product == order.Product && next.Contains(serial.Serial))
                .Select(serial => serial.Serial).ToHashSetAsync(ct);
            given.AddRange(next.Where(number => !taken.Contains(number)));
        }
        return given;
    }

    /// <summary>The rule that numbers things of a product: its own, else the one for all.</summary>
    public static Task<NumberingRule?> RuleFor(
        this WorkOrdersDb db, NumberingKind kind, string product, CancellationToken ct) => db.NumberingRules.AsNoTracking()
        .Where(rule => rule.Kind == kind && (rule.Product == "" || rule.Product == product))
        .OrderByDescending(rule => rule.Product).FirstOrDefaultAsync(ct);

    /// <summary>The rule of one product, or that for all where none is named, held until the commit.</summary>
    public static Task<NumberingRule?> LockOwnRule(
        this WorkOrdersDb db, NumberingKind kind, string product, CancellationToken ct)
    {
        var name = kind.ToString();
        return db.NumberingRules.FromSql(
            $"SELECT * FROM numbering_rule WHERE kind = {name} AND product = {product} FOR UPDATE").SingleOrDefaultAsync(ct);
    }

    // A number that an order was given by hand, or by the ERP, is passed over
    static async Task<string?> Next(
        this WorkOrdersDb db, NumberingKind kind, string product, DateOnly today,
        Func<string, Expression<Func<WorkOrder, bool>>> taken, CancellationToken ct)
    {
        var rule = await db.LockRule(kind, product, ct);
        for (var given = 0; rule is not null && given < TakenMax; given++)
        {
            var number = rule.Next(today);
            if (!await db.Orders.AnyAsync(taken(number), ct)) return number;
        }
        return rule is null ? null : throw Taken(rule.Pattern);
    }

    static async Task<NumberingRule?> LockRule(
        this WorkOrdersDb db, NumberingKind kind, string product, CancellationToken ct)
    {
        var name = kind.ToString();
        return (await db.NumberingRules.FromSql(
            $"""
            SELECT * FROM numbering_rule WHERE kind = {name} AND product IN ('', {product})
            ORDER BY product DESC LIMIT 1 FOR UPDATE
            """).ToListAsync(ct)).SingleOrDefault();
    }

    static string Counted(WorkOrder order, int place)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"{order.Number}-{place:0000}");
        return number.Length <= Codes.LengthMax ? number : throw new RuleViolation("order-number-too-long",
            "Define the numbering of serial numbers: by the order's number they would be too long.",
            ("order", order.Number), ("maximum", Codes.LengthMax));
    }

    static RuleViolation Taken(string pattern) => new("numbers-taken",
        "The next numbers are all in use. Define the numbering with another pattern.",
        ("pattern", pattern), ("tried", TakenMax));
}
