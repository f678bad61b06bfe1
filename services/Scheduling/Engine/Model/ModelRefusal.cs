using System.Globalization;

namespace Mes.Scheduling.Engine.Model;

/// <summary>Why a model cannot be planned: the smallest part that is at fault, with its values.</summary>
/// <param name="Code">One of <see cref="RefusalCode"/>; stable, for programs.</param>
/// <param name="Values">The offending ids and numbers by name; times in seconds.</param>
/// <param name="Hint">What to do about it, for people.</param>
public sealed record ModelRefusal(string Code, IReadOnlyDictionary<string, object> Values, string Hint)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Code} ({string.Join(", ", Values.Select(value => $"{value.Key}: {Text(value.Value)}"))}). {Hint}";

    static string Text(object value) => value is IEnumerable<string> list
        ? string.Join(" → ", list)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

/// <summary>A model was refused.</summary>
public sealed class ModelRefusedException : Exception
{
    /// <summary>With everything that was found.</summary>
    public ModelRefusedException(IReadOnlyList<ModelRefusal> refusals)
        : base(string.Join(Environment.NewLine, refusals)) => Refusals = refusals;

    /// <summary>What is wrong, at least one entry.</summary>
    public IReadOnlyList<ModelRefusal> Refusals { get; }
}

/// <summary>The stable codes of <see cref="ModelRefusal"/>.</summary>
public static class RefusalCode
{
    /// <summary>An id is used twice within its kind.</summary>
    public const string DuplicateId = "duplicate-id";

    /// <summary>Equipment, operation, resource or family that the model does not have.</summary>
    public const string ReferenceNotFound = "reference-not-found";

    /// <summary>A time or a number lies outside its range.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>Windows that are empty, out of order or overlap.</summary>
    public const string MalformedCalendar = "malformed-calendar";

    /// <summary>A setup matrix whose rows and columns do not match its families.</summary>
    public const string MalformedSetup = "malformed-setup";

    /// <summary>An operation without setup family on equipment with a setup matrix.</summary>
    public const string MissingFamily = "missing-setup-family";

    /// <summary>A job without operations.</summary>
    public const string EmptyJob = "empty-job";

    /// <summary>An operation that can be done nowhere.</summary>
    public const string NoAlternative = "no-alternative";

    /// <summary>An operation needs more of a resource than there is.</summary>
    public const string DemandExceedsCapacity = "demand-exceeds-capacity";

    /// <summary>A maximum lag below its minimum.</summary>
    public const string LagRange = "max-lag-below-min-lag";

    /// <summary>The minimum lags and durations on a way between two operations exceed a maximum lag.</summary>
    public const string LagUnreachable = "max-lag-unreachable";

    /// <summary>Operations that wait for each other.</summary>
    public const string PrecedenceCycle = "precedence-cycle";

    /// <summary>Work that cannot be split and is longer than every open window it could use.</summary>
    public const string LongerThanEveryWindow = "longer-than-every-window";

    /// <summary>No alternative of an operation has enough open time left.</summary>
    public const string NoCalendarTime = "no-calendar-time";

    /// <summary>Equipment has less open time than the work that can be done only there.</summary>
    public const string EquipmentOverloaded = "equipment-overloaded";

    /// <summary>A lock that is not one of the operation's alternatives, or together with running work.</summary>
    public const string LockNotPossible = "lock-not-possible";

    /// <summary>A lock in closed time.</summary>
    public const string LockClosed = "lock-in-closed-time";

    /// <summary>A lock before the operation can start.</summary>
    public const string LockTooEarly = "lock-too-early";

    /// <summary>Two fixed operations on one equipment overlap, or leave no time for the setup between them.</summary>
    public const string LockOverlap = "lock-overlap";

    /// <summary>Two fixed operations break a precedence between them.</summary>
    public const string LockPrecedence = "lock-breaks-precedence";

    /// <summary>Fixed operations together need more of a resource than there is.</summary>
    public const string LockResource = "lock-exceeds-resource";

    /// <summary>Nothing is wrong on its face, but every attempt to make a plan failed at this operation.</summary>
    public const string NoPlanFound = "no-plan-found";
}
