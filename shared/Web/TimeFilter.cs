using System.Linq.Expressions;
using Mes.Kernel;

namespace Mes.Web;

/// <summary>What of a list is asked for by its time: query parameters <c>from</c> and <c>to</c>, from 1990 to 2200.</summary>
/// <param name="From">Start of the time asked for; all that came before its end unless told.</param>
/// <param name="To">End of the time asked for, which it does not hold itself; all that came after its start unless told.</param>
public sealed record TimeFilter(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>Its start and end, UTC, each null where that side is open.</summary>
    /// <exception cref="RuleViolation">Code <c>window-wrong</c>.</exception>
    public (DateTimeOffset? From, DateTimeOffset? To) Bounds()
    {
        var (from, to) = (From?.ToUniversalTime(), To?.ToUniversalTime());
        if (from is { } start) TimeWindow.RequireBetween(start, "from");
        if (to is { } end) TimeWindow.RequireBetween(end, "to");
        return !(from >= to) ? (from, to) : throw RuleViolation.Malformed(
            "window-wrong", "Ask for a time that ends after its start.", ("from", from), ("to", to));
    }
}

/// <summary>Lists by time.</summary>
public static class TimeFiltered
{
    /// <summary>The rows of the time asked for. A side that is open is no condition, so that an index serves the other.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="time">The time asked for.</param>
    /// <param name="at">A row's time; a row without one is of no time, and only listed where none is asked for.</param>
    /// <exception cref="RuleViolation">Code <c>window-wrong</c>.</exception>
    public static IQueryable<T> In<T>(this IQueryable<T> rows, TimeFilter time, Expression<Func<T, DateTimeOffset?>> at)
    {
        var (from, to) = time.Bounds();
        if (from is { } start) rows = rows.Where(At(Expression.GreaterThanOrEqual, () => start));
        if (to is { } end) rows = rows.Where(At(Expression.LessThan, () => end));
        return rows;

        // the bound as a parameter of the statement, which is then the same for every time
        Expression<Func<T, bool>> At(
            Func<Expression, Expression, BinaryExpression> compare, Expression<Func<DateTimeOffset?>> bound) =>
            Expression.Lambda<Func<T, bool>>(compare(at.Body, bound.Body), at.Parameters);
    }
}
