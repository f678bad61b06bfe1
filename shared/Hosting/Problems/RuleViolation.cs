namespace Mes.Hosting.Problems;

/// <summary>
/// A request that a rule refuses. Carries what a person needs to go on: a stable code, the values that broke the rule and a hint.
/// </summary>
public sealed class RuleViolation : Exception
{
    /// <summary>A rule of the domain is broken (422).</summary>
    /// <param name="code">Stable, kebab-case.</param>
    /// <param name="hint">What to do about it, one sentence.</param>
    /// <param name="values">The values that broke it.</param>
    public RuleViolation(string code, string hint, params (string Name, object? Value)[] values)
        : this(422, code, hint, values)
    {
    }

    RuleViolation(int status, string code, string hint, (string Name, object? Value)[] values) : base($"{code}: {hint}")
    {
        Status = status;
        Code = code;
        Hint = hint;
        Values = values;
    }

    /// <summary>HTTP status, 4xx.</summary>
    public int Status { get; }

    /// <summary>Stable code, kebab-case.</summary>
    public string Code { get; }

    /// <summary>What to do about it.</summary>
    public string Hint { get; }

    /// <summary>The values that broke the rule.</summary>
    public IReadOnlyList<(string Name, object? Value)> Values { get; }

    /// <summary>The shape of the request is wrong (400).</summary>
    public static RuleViolation BadRequest(string code, string hint, params (string Name, object? Value)[] values) =>
        new(400, code, hint, values);

    /// <summary>The caller may do such a thing, but not this one (403).</summary>
    public static RuleViolation Forbidden(string code, string hint, params (string Name, object? Value)[] values) =>
        new(403, code, hint, values);

    /// <summary>What the request names does not exist (404).</summary>
    /// <param name="what">What it is; its key's name among the values, unless told.</param>
    /// <param name="key">The key that nothing has.</param>
    /// <param name="name">Name of the key where the plain word means another one: an order's id is <c>orderId</c>.</param>
    public static RuleViolation NotFound(string what, object? key, string? name = null) => new(404, $"{what}-not-found",
        $"No {what.Replace('-', ' ')} has this key. Check it, or create it first.", [(name ?? what, key)]);

    /// <summary>The request contradicts what is already there (409).</summary>
    public static RuleViolation Conflict(string code, string hint, params (string Name, object? Value)[] values) =>
        new(409, code, hint, values);
}
