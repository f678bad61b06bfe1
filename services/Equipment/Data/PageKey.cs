using System.Globalization;
using Mes.Kernel;
using Mes.Web;

namespace Mes.Equipment.Data;

/// <summary>
/// Where a page of something that happened begins: after an instant and, at that instant, after an id.
/// </summary>
static class PageKey
{
    public static string Format(DateTimeOffset at, Guid id) => $"{at.UtcDateTime:O}~{id}";

    /// <exception cref="RuleViolation">It is no such key (400).</exception>
    public static (DateTimeOffset At, Guid Id) Parse(PageRequest page)
    {
        if (page.After is not { } key)
            return (DateTimeOffset.MinValue, Guid.Empty);
        return key.Split('~') is [var at, var id]
            && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var instant) && Guid.TryParse(id, out var guid)
            ? (instant.ToUniversalTime(), guid)
            : throw page.WrongKey();
    }
}
