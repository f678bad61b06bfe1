namespace Mes.Benchmarks.Lists;

/// <summary>A page that a screen asks a list for.</summary>
/// <param name="List">The list's address.</param>
/// <param name="Query">What is asked for.</param>
/// <param name="Pages">Which page is measured, each before it being read for its key.</param>
sealed record Question(string List, string Query, int Pages = 1)
{
    const int Size = 50;        // as the web app's lists have it

    /// <summary>The first page's address.</summary>
    public string Address => $"{List}?{string.Join('&', ((string[])[$"size={Size}", Query]).Where(part => part.Length > 0))}";

    /// <summary>What is asked for, in words.</summary>
    public string Text => (Query.Length > 0 ? Query : "all") + (Pages > 1 ? $" · page {Pages}" : "");

    /// <summary>
    /// A list as its screen offers it: everything, and each filter alone; the first page, and the second of everything; each in
    /// every order and both directions.
    /// </summary>
    public static IEnumerable<Question> Of(string list, string[] sorts, params string[] filters) =>
        from filter in filters.Prepend("")
        from order in sorts.SelectMany(sort => (string[])[$"sort={sort}", $"sort={sort}&descending=true"]).Prepend("")
        from pages in filter.Length > 0 ? [1] : (int[])[1, 2]
        select new Question(list, string.Join('&', ((string[])[filter, order]).Where(part => part.Length > 0)), pages);
}
