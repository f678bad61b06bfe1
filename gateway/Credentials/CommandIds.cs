using Mes.Kernel;
using Mes.Web.Commands;

namespace Mes.Gateway.Credentials;

/// <summary>
/// The id of what a command makes: the one in its body, else the command's own from the header, else a new one. With
/// either the command can be sent again and makes nothing twice.
/// </summary>
static class CommandIds
{
    public static Guid Of(HttpContext context, Guid? inBody, DateTimeOffset now)
    {
        if (inBody is { } id) return id;
        var header = context.Request.Headers[CommandHeader.Name];
        if (header.Count == 0) return Guid.CreateVersion7(now);
        return Guid.TryParse(header, out var command) && command != Guid.Empty
            ? command
            : throw RuleViolation.Malformed("command-id-missing",
                $"Send a UUID made by the client in the header {CommandHeader.Name}, or none.", ("value", header.ToString()));
    }
}
