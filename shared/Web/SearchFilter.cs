using System.Linq.Expressions;
using FluentValidation;
using Mes.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Mes.Web;

/// <summary>What of a list is searched for: query parameter <c>search</c>, with which a code, number or name begins.</summary>
/// <param name="Search">
/// What it begins with, whichever case it is written in; all unless told. What is found is sorted without regard to case.
/// </param>
public sealed record SearchFilter(string? Search)
{
    /// <summary>Whether anything is searched for.</summary>
    internal bool IsGiven => !string.IsNullOrWhiteSpace(Search);

    /// <summary>The pattern of what begins so; signs that stand for others in a pattern stand for themselves.</summary>
    internal string Pattern => Folded.Of(NormalForm.Of(Search!.Trim()))
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal) + "%";
}

sealed class SearchFilterValidator : AbstractValidator<SearchFilter>
{
    public SearchFilterValidator() => RuleFor(filter => filter.Search)
        .MaximumLength(Codes.LengthMax).WithMessage($"Use at most {Codes.LengthMax} characters.");
}

/// <summary>Lists by what is searched for.</summary>
static class Searched
{
    /// <summary>
    /// A page of the rows that have a text which begins as asked. Each text is read for itself, by its own index: no index serves
    /// "one or the other" in an order.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="search">What is searched for.</param>
    /// <param name="texts">What a row may be found by.</param>
    /// <param name="page">Takes the page's rows of those that it is given, in order.</param>
    public static IQueryable<TRow> Take<TRow>(
        IQueryable<TRow> rows, SearchFilter search, IEnumerable<Expression<Func<TRow, string?>>> texts,
        Func<IQueryable<TRow>, IQueryable<TRow>> page)
    {
        return search.IsGiven ? Page(ByText(rows, search, texts), page) : page(rows);
    }

    /// <summary>The same in an order that is not that of the texts: what few rows have is found first.</summary>
    public static async Task<IQueryable<TRow>> TakeSorted<TRow>(
        IQueryable<TRow> rows, SearchFilter search, IEnumerable<Expression<Func<TRow, string?>>> texts,
        Func<IQueryable<TRow>, IQueryable<TRow>> page, CancellationToken ct)
    {
        var found = new List<IQueryable<TRow>>();
        foreach (var having in ByText(rows, search, texts)) found.Add(await having.FoundFirst(ct));
        return Page(found, page);
    }

    static IQueryable<TRow> Page<TRow>(IEnumerable<IQueryable<TRow>> found, Func<IQueryable<TRow>, IQueryable<TRow>> page)
    {
        var pages = found.Select(page).ToList();
        return pages.Count == 1 ? pages[0] : page(pages.Aggregate(Queryable.Union));
    }

    static IEnumerable<IQueryable<TRow>> ByText<TRow>(
        IQueryable<TRow> rows, SearchFilter search, IEnumerable<Expression<Func<TRow, string?>>> texts)
    {
        var pattern = search.Pattern;
        Expression<Func<string, bool>> begins = text => EF.Functions.Like(text, pattern, "\\");
        return texts.Select(text => rows.Where(Expression.Lambda<Func<TRow, bool>>(
            begins.At(Folded.Of(text.Body)), text.Parameters)));
    }
}

/// <summary>Texts without regard to case, as the indexes for searches have them: <c>lower(code) COLLATE "C"</c>.</summary>
static class Folded
{
#pragma warning disable CA1304, CA1311, CA1862 // read by the database alone
    static readonly Expression<Func<string, string>> InDatabase = text => EF.Functions.Collate(text.ToLower(), "C");
#pragma warning restore CA1304, CA1311, CA1862

    public static Expression Of(Expression text) => InDatabase.At(text);

#pragma warning disable CA1308 // as the database does
    public static string Of(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>The body of a function of one value at another one.</summary>
    public static Expression At<TValue, TResult>(this Expression<Func<TValue, TResult>> function, Expression value) =>
        ReplacingExpressionVisitor.Replace(function.Parameters[0], value, function.Body);
}
