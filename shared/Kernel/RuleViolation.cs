namespace Mes.Kernel;

/// <summary>How a rule refuses; whoever answers chooses a status by it.</summary>
public enum RefusalKind
{
    /// <summary>A rule of the domain is broken.</summary>
    Rule,
    /// <summary>The shape of what was asked is wrong.</summary>
    Malformed,
    /// <summary>The caller may do such a thing, but not this one.</summary>
    Forbidden,
    /// <summary>What is named does not exist.</summary>
    NotFound,
    /// <summary>It contradicts what is already there.</summary>
    Conflict
}

/// <summary>
/// A request that a rule refuses. Carries what a person needs to go on: a stable code, the values that broke the rule and a hint.
/// </summary>
public sealed class RuleViolation : Exception
{
    /// <summary>A rule of the domain is broken.</summary>
    /// <param name="code">Stable, kebab-case.</param>
    /// <param name="hint">What to do about it, one sentence.</param>
    /// <param name="values">The values that broke it.</param>
    public RuleViolation(string code, string hint, params (string Name, object? Value)[] values)
        : this(RefusalKind.Rule, code, hint, values)
    {
    }

    RuleViolation(RefusalKind kind, string code, string hint, (string Name, object? Value)[] values) : base($"{code}: {hint}")
    {
        Kind = kind;
        Code = code;
        Hint = hint;
        Values = values;
    }

    /// <summary>How it refuses.</summary>
    public RefusalKind Kind { get; }

    /// <summary>Stable code, kebab-case.</summary>
    public string Code { get; }

    /// <summary>What to do about it.</summary>
    public string Hint { get; }

    /// <summary>The values that broke the rule.</summary>
    public IReadOnlyList<(string Name, object? Value)> Values { get; }

    /// <summary>The shape of the request is wrong.</summary>
    public static RuleViolation Malformed(string code, string hint, params (string Name, object? Value)[] values) =>
        new(RefusalKind.Malformed, code, hint, values);

    /// <summary>The caller may do such a thing, but not this one.</summary>
    public static RuleViolation Forbidden(string code, string hint, params (string Name, object? Value)[] values) =>
        new(RefusalKind.Forbidden, code, hint, values);

    /// <summary>What the request names does not exist.</summary>
    /// <param name="what">What it is; its key's name among the values, unless told.</param>
    /// <param name="key">The key that nothing has.</param>
    /// <param name="name">Name of the key where the plain word means another one: an order's id is <c>orderId</c>.</param>
    /// <param name="hint">What to do about it, where more can be said than to check it or create it.</param>
    public static RuleViolation NotFound(string what, object? key, string? name = null, string? hint = null) => new(
        RefusalKind.NotFound, $"{what}-not-found",
        hint ?? $"No {what.Replace('-', ' ')} has this key. Check it, or create it first.", [(name ?? what, key)]);

    /// <summary>The request contradicts what is already there.</summary>
    public static RuleViolation Conflict(string code, string hint, params (string Name, object? Value)[] values) =>
        new(RefusalKind.Conflict, code, hint, values);
}
