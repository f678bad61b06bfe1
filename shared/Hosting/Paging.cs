using FluentValidation;

namespace Mes.Hosting;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Value for <c>after</c> that gives the next page, or null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>Makes a page of the rows read with one more than <paramref name="limit"/>.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int limit, Func<T, string> key) => rows.Count > limit
        ? new Page<T>([.. rows.Take(limit)], key(rows[limit - 1]))
        : new Page<T>(rows, null);
}

/// <summary>Which page is asked for: query parameters <c>after</c> and <c>limit</c>.</summary>
/// <param name="After">The key that the page begins after, or null for the first page.</param>
/// <param name="Limit">How many items, 1 to 1000; 100 unless told.</param>
public sealed record PageRequest(string? After, int? Limit)
{
    /// <summary>How many items to read.</summary>
    public int Size => Limit ?? 100;
}

/// <summary>Bounds of a page request.</summary>
sealed class PageRequestValidator : AbstractValidator<PageRequest>
{
    public PageRequestValidator() => RuleFor(page => page.Limit).InclusiveBetween(1, 1000);
}
