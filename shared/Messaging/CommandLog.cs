namespace Mes.Messaging;

/// <summary>The answer to a command, kept under the id that its client gave it.</summary>
public sealed class LoggedCommand
{
    /// <summary>Device or API client that made the id.</summary>
    public required string Scope { get; init; }

    /// <summary>The id.</summary>
    public Guid CommandId { get; init; }

    /// <summary>SHA-256 of method, path and canonical body.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; init; }

    /// <summary>Body of the answer as JSON, or null.</summary>
    public string? Answer { get; init; }
}
