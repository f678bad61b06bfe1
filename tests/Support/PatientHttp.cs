namespace Mes.Tests.Support;

/// <summary>How tests connect over HTTP to what they start.</summary>
public static class PatientHttp
{
    /// <summary>
    /// How long a body that may be refused unread waits for the server's word. After the second that is usual it would be
    /// sent to a busy server, and the refusal lost with the connection.
    /// </summary>
    public static readonly TimeSpan ContinueMax = TimeSpan.FromSeconds(60);

    /// <summary>Waits so long.</summary>
    public static SocketsHttpHandler Handler() => new() { Expect100ContinueTimeout = ContinueMax };
}
