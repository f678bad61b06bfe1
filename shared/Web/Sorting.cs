using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Query;

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

    /// <summary>One of the choices.</summary>
    /// <param name="choice">Its name.</param>
    /// <param name="value">What is sorted by.</param>
    public SortedPages<TRow, TBy> By<TValue>(TBy choice, Expression<Func<TRow, TValue>> value)
    {
        _choices.Add(choice, new SortKey<TRow, TValue>(value));
        return this;
    }

    /// <summary>The rows of a page and one more, in order.</summary>
    /// <exception cref="Kernel.RuleViolation">Code <c>page-key-wrong</c>.</exception>
    public IQueryable<TRow> Take(IQueryable<TRow> rows, Sorting<TBy> sorting, PageRequest page)
    {
        var (by, down) = (_choices[sorting.Sort ?? default], sorting.Descending ?? isDescending);
        if (page.AfterTexts(2) is [var value, var id])
        {
            try
            {
                var row = Expression.Parameter(typeof(TRow));
                rows = rows.Where(Expression.Lambda<Func<TRow, bool>>(Expression.OrElse(by.IsBeyond(row, value, down),
                    Expression.AndAlso(by.IsAlike(row, value), _key.IsBeyond(row, id, down))), row));
            }
            catch (JsonException)
            {
                throw page.WrongKey();
            }
        }
        return _key.ThenSort(by.Sort(rows, down), down).Take(page.Size + 1);
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

/// <summary>Something that rows can be sorted by.</summary>
abstract class SortKey<TRow>
{
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
}

sealed class SortKey<TRow, TValue>(Expression<Func<TRow, TValue>> ofRow) : SortKey<TRow>
{
    readonly Lazy<Func<TRow, TValue>> _read = new(ofRow.Compile);

    static readonly bool MayBeNothing = default(TValue) is null && typeof(TValue) != typeof(string);

    public override IOrderedQueryable<TRow> Sort(IQueryable<TRow> rows, bool down) =>
        down ? rows.OrderByDescending(ofRow) : rows.OrderBy(ofRow);

    public override IOrderedQueryable<TRow> ThenSort(IOrderedQueryable<TRow> rows, bool down) =>
        down ? rows.ThenByDescending(ofRow) : rows.ThenBy(ofRow);

    public override string Text(TRow row) => JsonSerializer.Serialize(_read.Value(row));

    public override Expression IsAlike(ParameterExpression row, string text) => Expression.Equal(ValueOf(row), Parse(text));

    public override Expression IsBeyond(ParameterExpression row, string text, bool down)
    {
        var (value, bound) = (ValueOf(row), Parse(text));
        if (MayBeNothing && text == "null") return down ? Expression.NotEqual(value, bound) : Expression.Constant(false);
        var beyond = typeof(TValue) == typeof(string)
            ? Compare(Expression.Call(typeof(string), nameof(string.Compare), null, value, bound), Expression.Constant(0), down)
            : Compare(value, bound, down);
        return MayBeNothing && !down
            ? Expression.OrElse(beyond, Expression.Equal(value, Expression.Constant(null, typeof(TValue)))) : beyond;
    }

    static BinaryExpression Compare(Expression one, Expression other, bool down) =>
        down ? Expression.LessThan(one, other) : Expression.GreaterThan(one, other);

    Expression ValueOf(ParameterExpression row) => ReplacingExpressionVisitor.Replace(ofRow.Parameters[0], row, ofRow.Body);

    // as a parameter of the statement, which is then the same for every page
    static Expression Parse(string text)
    {
        var value = JsonSerializer.Deserialize<TValue>(text);
        if (value is string word ? word.Contains('\0') : value is null && !MayBeNothing)
            throw new JsonException("No row has that.");
        if (value is DateTimeOffset time) value = (TValue)(object)time.ToUniversalTime();
        Expression<Func<TValue>> parameter = () => value!;
        return parameter.Body;
    }
}
