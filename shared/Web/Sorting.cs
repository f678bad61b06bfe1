using System.Linq.Expressions;
using System.Text.Json;

namespace Mes.Web;

/// <summary>In which order a list is asked for: query parameters <c>sort</c> and <c>descending</c>.</summary>
/// <param name="Sort">What the list is sorted by; what stands first among the choices unless told.</param>
/// <param name="Descending">
/// Whether the last comes first; as the list says unless told. What has no value comes last, and first in a descending list.
/// </param>
public sealed record Sorting<TBy>(TBy? Sort, bool? Descending) where TBy : struct, Enum;

/// <summary>
/// Sorts a list by what a caller may choose, and by its key where that is alike, and reads it page by page: a page begins
/// after the last item of the one before, however many have come or gone meanwhile.
/// </summary>
/// <param name="key">What no two rows have alike.</param>
/// <param name="isDescending">Whether the last comes first unless told.</param>
public sealed class SortedPages<TRow, TBy>(Expression<Func<TRow, Guid>> key, bool isDescending = false)
    where TBy : struct, Enum
{
    readonly SortKey<TRow> _key = new SortKey<TRow, Guid>(key);
    readonly Dictionary<TBy, SortKey<TRow>> _choices = [];
    Expression<Func<TRow, string?>>[] _texts = [];

    /// <summary>One of the choices.</summary>
    /// <param name="choice">Its name.</param>
    /// <param name="value">What is sorted by.</param>
    public SortedPages<TRow, TBy> By<TValue>(TBy choice, Expression<Func<TRow, TValue>> value)
    {
        _choices.Add(choice, new SortKey<TRow, TValue>(value));
        return this;
    }

    /// <summary>What a row may be found by.</summary>
    public SortedPages<TRow, TBy> FoundBy(params Expression<Func<TRow, string?>>[] texts)
    {
        _texts = texts;
        return this;
    }

    /// <summary>The rows of a page and one more, in order.</summary>
    /// <exception cref="Kernel.RuleViolation">Code <c>page-key-wrong</c>.</exception>
    public IQueryable<TRow> Take(IQueryable<TRow> rows, Sorting<TBy> sorting, PageRequest page) =>
        Pages(isFolded: false, sorting, page)(rows);

    /// <summary>The same of what is searched for; texts are then sorted without regard to case.</summary>
    /// <exception cref="Kernel.RuleViolation">Code <c>page-key-wrong</c>.</exception>
    public async Task<IQueryable<TRow>> Take(
        IQueryable<TRow> rows, SearchFilter search, Sorting<TBy> sorting, PageRequest page, CancellationToken ct) =>
        search.IsGiven ? await Searched.TakeSorted(rows, search, _texts, Pages(isFolded: true, sorting, page), ct)
            : Take(rows, sorting, page);

    Func<IQueryable<TRow>, IQueryable<TRow>> Pages(bool isFolded, Sorting<TBy> sorting, PageRequest page)
    {
        var (choice, down) = (_choices[sorting.Sort ?? default], sorting.Descending ?? isDescending);
        var by = isFolded ? choice.Folded : choice;
        var last = page.AfterTexts(2);
        return found =>
        {
            if (last is not null) found = found.Where(AfterLast(last));
            return _key.ThenSort(by.Sort(found, down), down).Take(page.Size + 1);
        };

        Expression<Func<TRow, bool>> AfterLast(string[] texts)
        {
            try
            {
                var row = Expression.Parameter(typeof(TRow));
                return Expression.Lambda<Func<TRow, bool>>(SortKey.AreBeyond(row, [by, _key], texts, down), row);
            }
            catch (JsonException)
            {
                throw page.WrongKey();
            }
        }
    }

    /// <summary>The page of the rows that were taken.</summary>
    public Page<TItem> Page<TItem>(
        IReadOnlyList<TRow> rows, Sorting<TBy> sorting, PageRequest page, Func<TRow, TItem> show)
    {
        var by = _choices[sorting.Sort ?? default];
        var shown = Web.Page.Of(rows, page.Size, row => Web.Page.Key(by.Text(row), _key.Text(row)));
        return new([.. shown.Items.Select(show)], shown.Next);
    }
}

static class SortKey
{
    /// <summary>Whether a row comes after one with these values, of which each decides where those before it are alike.</summary>
    /// <exception cref="JsonException">No such values.</exception>
    public static Expression AreBeyond<TRow>(
        ParameterExpression row, ReadOnlySpan<SortKey<TRow>> keys, IReadOnlyList<string> texts, bool down)
    {
        var first = keys[0];
        var beyond = first.IsBeyond(row, texts[0], down);
        return keys.Length == 1 ? beyond : first.Bounded(row, texts[0], down, Expression.OrElse(beyond, Expression.AndAlso(
            first.IsAlike(row, texts[0]), AreBeyond(row, keys[1..], [.. texts.Skip(1)], down))));
    }
}

/// <summary>Something that rows can be sorted by.</summary>
abstract class SortKey<TRow>
{
    /// <summary>The same without regard to case, if it is a text.</summary>
    public abstract SortKey<TRow> Folded { get; }

    public abstract IOrderedQueryable<TRow> Sort(IQueryable<TRow> rows, bool down);

    public abstract IOrderedQueryable<TRow> ThenSort(IOrderedQueryable<TRow> rows, bool down);

    /// <summary>The value as a page's key has it.</summary>
    public abstract string Text(TRow row);

    /// <summary>Whether a row has the value of a page's key.</summary>
    /// <exception cref="JsonException">No such value.</exception>
    public abstract Expression IsAlike(ParameterExpression row, string text);

    /// <summary>Whether a row comes after the value of a page's key. PostgreSQL takes nothing for more than any value.</summary>
    /// <exception cref="JsonException">No such value.</exception>
    public abstract Expression IsBeyond(ParameterExpression row, string text, bool down);

    /// <summary>
    /// A condition that holds for no row before the value of a page's key, as an index reads it: from there on, where "beyond or
    /// alike" alone would have it read all that was listed before.
    /// </summary>
    /// <exception cref="JsonException">No such value.</exception>
    public abstract Expression Bounded(ParameterExpression row, string text, bool down, Expression condition);
}

sealed class SortKey<TRow, TValue>(Expression<Func<TRow, TValue>> ofRow, bool isFolded = false) : SortKey<TRow>
{
    readonly Lazy<Func<TRow, TValue>> _read = new(ofRow.Compile);
    readonly Expression<Func<TRow, TValue>> _sorted = isFolded
        ? Expression.Lambda<Func<TRow, TValue>>(Web.Folded.Of(ofRow.Body), ofRow.Parameters) : ofRow;

    static readonly bool MayBeNothing = default(TValue) is null && typeof(TValue) != typeof(string);

    public override SortKey<TRow> Folded =>
        typeof(TValue) == typeof(string) ? new SortKey<TRow, TValue>(ofRow, isFolded: true) : this;

    public override IOrderedQueryable<TRow> Sort(IQueryable<TRow> rows, bool down) =>
        down ? rows.OrderByDescending(_sorted) : rows.OrderBy(_sorted);

    public override IOrderedQueryable<TRow> ThenSort(IOrderedQueryable<TRow> rows, bool down) =>
        down ? rows.ThenByDescending(_sorted) : rows.ThenBy(_sorted);

    public override string Text(TRow row) => JsonSerializer.Serialize(_read.Value(row));

    public override Expression IsAlike(ParameterExpression row, string text) => Expression.Equal(ValueOf(row), Parse(text));

    public override Expression IsBeyond(ParameterExpression row, string text, bool down)
    {
        var (value, bound) = (ValueOf(row), Parse(text));
        if (MayBeNothing && text == "null") return down ? Expression.NotEqual(value, bound) : Expression.Constant(false);
        var beyond = Compare(value, bound, down ? Expression.LessThan : Expression.GreaterThan);
        return MayBeNothing && !down
            ? Expression.OrElse(beyond, Expression.Equal(value, Expression.Constant(null, typeof(TValue)))) : beyond;
    }

    // nothing comes last: behind a value, beside what is more, and from the end on, ahead of what is less
    public override Expression Bounded(ParameterExpression row, string text, bool down, Expression condition) =>
        MayBeNothing && (!down || text == "null") ? condition : Expression.AndAlso(
            Compare(ValueOf(row), Parse(text), down ? Expression.LessThanOrEqual : Expression.GreaterThanOrEqual), condition);

    static BinaryExpression Compare(
        Expression one, Expression other, Func<Expression, Expression, BinaryExpression> compare) =>
        typeof(TValue) == typeof(string)
            ? compare(Expression.Call(typeof(string), nameof(string.Compare), null, one, other), Expression.Constant(0))
            : compare(one, other);

    Expression ValueOf(ParameterExpression row) => _sorted.At(row);

    // as a parameter of the statement, which is then the same for every page
    Expression Parse(string text)
    {
        var value = JsonSerializer.Deserialize<TValue>(text);
        if (value is string word ? word.Contains('\0') : value is null && !MayBeNothing)
            throw new JsonException("No row has that.");
        if (isFolded && value is string plain) value = (TValue)(object)Web.Folded.Of(plain);
        if (value is DateTimeOffset time) value = (TValue)(object)time.ToUniversalTime();
        Expression<Func<TValue>> parameter = () => value!;
        return parameter.Body;
    }
}
