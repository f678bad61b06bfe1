using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Mes.Kernel;

namespace Mes.Web;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Value for <c>after</c> that gives the next page, or null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>Makes a page of the rows read with one more than <paramref name="size"/>.</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> rows, int size, Func<T, string> key) => rows.Count > size
        ? new Page<T>([.. rows.Take(size)], key(rows[size - 1]))
        : new Page<T>(rows, null);

    /// <summary>A key of several texts, each of which may have any separator in it.</summary>
    public static string Key(params string[] texts) => JsonSerializer.Serialize(texts);

    /// <summary>The same for a list in an order of its own, whose pages begin after a number of items: rows are read from
    /// <see cref="PageRequest.AfterNumber"/> on.</summary>
    public static Page<T> Counted<T>(IReadOnlyList<T> rows, PageRequest page) => Of(rows, page.Size,
        _ => (page.AfterNumber() + page.Size).ToString(CultureInfo.InvariantCulture));
}

/// <summary>Which page is asked for: query parameters <c>after</c> and <c>size</c>.</summary>
/// <param name="After">The key that the page begins after, or null for the first page.</param>
/// <param name="Size">How many items, 1 to 1000; 100 unless told.</param>
public sealed record PageRequest(string? After, int Size = 100)
{
    /// <summary>The id that the page begins after, or <paramref name="first"/> for the first page.</summary>
    /// <exception cref="RuleViolation">Code <c>page-key-wrong</c>.</exception>
    public Guid AfterId(Guid first = default) => After is null ? first : Guid.TryParse(After, out var id) ? id : throw WrongKey();

    /// <summary>The number that the page begins after, or <paramref name="first"/> for the first page.</summary>
    /// <exception cref="RuleViolation">Code <c>page-key-wrong</c>.</exception>
    public long AfterNumber(long first = 0) => After is null ? first
        : long.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw WrongKey();

    /// <summary>
    /// The key of several texts that the page begins after, as <see cref="Page.Key"/> writes it, or null for the first page.
    /// </summary>
    /// <param name="count">How many texts the key has.</param>
    /// <exception cref="RuleViolation">Code <c>page-key-wrong</c>.</exception>
    public string[]? AfterTexts(int count)
    {
        if (After is null) return null;
        try
        {
            // no text of ours has the character zero, which would be refused by the database
            return JsonSerializer.Deserialize<string[]>(After) is { } key && key.Length == count
                && key.All(text => text?.Contains('\0') == false) ? key : throw WrongKey();
        }
        catch (JsonException)
        {
            throw WrongKey();
        }
    }

    /// <summary>The refusal of an <c>after</c> that no page has given: a list never begins anew without saying so.</summary>
    public RuleViolation WrongKey() => RuleViolation.Malformed(
        "page-key-wrong", "Send as 'after' what the page before gave as 'next'.", ("after", After));
}

/// <summary>Bounds of a page request.</summary>
sealed class PageRequestValidator : AbstractValidator<PageRequest>
{
    public PageRequestValidator() => RuleFor(page => page.Size).InclusiveBetween(1, 1000);
}
