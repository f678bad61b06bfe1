namespace Mes.Scheduling.Engine.Model;

/// <summary>The time base: whole seconds from the model's origin, the instant for which the plan is made.</summary>
public static class ModelTime
{
    /// <summary>The largest instant a model may name, in seconds: 2^30, some 34 years after the origin.</summary>
    public const int MaxSeconds = 1 << 30;

    /// <summary>The answer "at no time": later than every instant.</summary>
    internal const int Never = int.MaxValue;
}

/// <summary>A half-open span of time, <c>[StartSeconds, EndSeconds)</c>, in seconds from the origin.</summary>
/// <param name="StartSeconds">First second of the span; below zero is the past.</param>
/// <param name="EndSeconds">First second after the span; above <paramref name="StartSeconds"/>.</param>
public readonly record struct Window(int StartSeconds, int EndSeconds);

/// <summary>When something can be used. Outside its windows, and after the last one, it is closed.</summary>
/// <param name="OpenWindows">Ascending and without overlap. Windows that touch are one window, so that work which
/// may not be split can span a change of shift.</param>
public sealed record Calendar(IReadOnlyList<Window> OpenWindows)
{
    /// <summary>Open from the origin to <see cref="ModelTime.MaxSeconds"/>.</summary>
    public static Calendar AlwaysOpen { get; } = new([new Window(0, ModelTime.MaxSeconds)]);
}
