namespace Mes.Web.Commands;

/// <summary>The header that carries the client-made id of a command, a UUID.</summary>
public static class CommandHeader
{
    /// <summary>Its name.</summary>
    public const string Name = "Idempotency-Key";
}
