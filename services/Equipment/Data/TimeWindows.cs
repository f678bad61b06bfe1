using Mes.Kernel;
using Mes.Web;

namespace Mes.Equipment.Data;

/// <summary>The time asked for, as the timeline takes it.</summary>
static class TimeWindows
{
    /// <inheritdoc cref="TimeWindow.At"/>
    public static TimeRange RangeAt(this TimeWindow window, DateTimeOffset now)
    {
        var (from, to) = window.At(now);
        return new TimeRange(from, to);
    }

    /// <summary>The window as a query.</summary>
    public static string Query(DateTimeOffset from, DateTimeOffset to) =>
        $"?from={from.UtcDateTime:O}&to={to.UtcDateTime:O}";
}
