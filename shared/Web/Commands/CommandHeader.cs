namespace Mes.Web.Commands;

/// <summary>The header that carries the client-made id of a command, a UUID.</summary>
public static class CommandHeader
{
    /// <summary>Its name.</summary>
    public const string Name = "Idempotency-Key";

    /// <summary>
    /// The header that asks, with the value <c>true</c>, what a command would answer: all its rules are checked, and nothing
    /// is written.
    /// </summary>
    public const string DryRun = "Dry-Run";
}
