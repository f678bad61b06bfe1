using System.Linq.Expressions;
using System.Text.Json;

namespace Mes.Web;

/// <summary>
/// Reads a list page by page in the order of codes, all of it or what is searched for: what begins so is sorted without
/// regard to case first, so that the index that finds it has it in order.
/// </summary>
/// <param name="codes">What no two rows have alike: a code, or one within another.</param>
public sealed class CodePages<TRow>(params Expression<Func<TRow, string>>[] codes)
{
    readonly SortKey<TRow>[] _keys = [.. codes.Select(code => new SortKey<TRow, string>(code))];
    readonly SortKey<TRow> _folded = new SortKey<TRow, string>(codes[0]).Folded;
    Expression<Func<TRow, string?>>[] _texts = [];

    /// <summary>What a row may be found by.</summary>
    public CodePages<TRow> FoundBy(params Expression<Func<TRow, string?>>[] texts)
    {
        _texts = texts;
        return this;
    }

    /// <summary>The rows of a page and one more, in order.</summary>
    /// <exception cref="Kernel.RuleViolation">Code <c>page-key-wrong</c>.</exception>
    public IQueryable<TRow> Take(IQueryable<TRow> rows, SearchFilter search, PageRequest page)
    {
        string[]? after = _keys.Length > 1 ? page.AfterTexts(_keys.Length) : page.After is { } code ? [code] : null;
        var keys = search.IsGiven ? [_folded, .. _keys] : _keys;
        var last = (search.IsGiven ? after?.Prepend(after[0]) : after)?.Select(text => JsonSerializer.Serialize(text)).ToList();
        return Searched.Take(rows, search, _texts, found =>
        {
            if (last is not null)
            {
                var row = Expression.Parameter(typeof(TRow));
                found = found.Where(Expression.Lambda<Func<TRow, bool>>(SortKey.AreBeyond(row, keys, last, down: false), row));
            }
            return keys.Skip(1).Aggregate(keys[0].Sort(found, down: false), (sorted, key) => key.ThenSort(sorted, down: false))
                .Take(page.Size + 1);
        });
    }

    /// <summary>The page of the items that were taken.</summary>
    /// <param name="items">The items.</param>
    /// <param name="page">Which page it is.</param>
    /// <param name="codesOf">An item's codes.</param>
    public Page<TItem> Page<TItem>(IReadOnlyList<TItem> items, PageRequest page, Func<TItem, string[]> codesOf) =>
        Web.Page.Of(items, page.Size, item => codesOf(item) is [var code] ? code : Web.Page.Key(codesOf(item)));
}
