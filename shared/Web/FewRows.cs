using Microsoft.EntityFrameworkCore;

namespace Mes.Web;

/// <summary>
/// Lists by a filter that lies in no order of theirs. The database walks through the order until a page is full, as if what
/// matches lay anywhere in it. Where few rows match, or all lie together at the end (what is open, what came this week), it walks
/// through the whole table; sorting them is then far less.
/// </summary>
public static class FewRows
{
    // Sorted within some 50 ms; where more match, a walk meets them often enough
    const int Max = 25_000;

    /// <summary>The same rows: where they are few, found by what they are filtered by, and sorted only then.</summary>
    public static async Task<IQueryable<T>> FoundFirst<T>(this IQueryable<T> rows, CancellationToken ct) =>
        await InAnyOrder(rows, Max + 1).CountAsync(ct) <= Max ? InAnyOrder(rows, 2 * Max) : rows;

    /// <summary>Said to be on purpose: all others that take rows without an order are warned of.</summary>
    static IQueryable<T> InAnyOrder<T>(IQueryable<T> rows, int count) => rows.OrderBy(_ => 0).Take(count);
}
