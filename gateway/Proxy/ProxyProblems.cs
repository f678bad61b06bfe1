using Yarp.ReverseProxy.Forwarder;

namespace Mes.Gateway.Proxy;

/// <summary>What a client reads when a request did not reach a service, or its answer did not come back.</summary>
static class ProxyProblems
{
    public static Task WritePasswordChangeRequiredAsync(HttpContext context) => Refusal.WriteAsync(
        context, 403, "password-change-required", "Change the one-time password first: POST /api/identity/password.");

    public static Task WriteAsync(HttpContext context, string service, ForwarderError error) => error switch
    {
        ForwarderError.RequestTimedOut =>
            WriteAwayAsync(context, 504, "service-timeout", $"{service} did not answer in time."),
        ForwarderError.RequestBodyClient when context.Response.StatusCode == 413 =>
            Refusal.WriteBodyTooLargeAsync(context),
        ForwarderError.RequestBodyClient => Refusal.WriteAsync(
            context, 400, "malformed-request", "The body ended before its announced length."),
        _ => WriteUnavailableAsync(context, service),
    };

    public static Task WriteUnavailableAsync(HttpContext context, string service) =>
        WriteAwayAsync(context, 503, "service-unavailable", $"{service} cannot be reached.");

    static Task WriteAwayAsync(HttpContext context, int status, string code, string what)
    {
        if (!context.Response.HasStarted) context.Response.Headers.RetryAfter = "2";
        return Refusal.WriteAsync(
            context, status, code, what + " Repeat the request; a command under the same id is applied once.");
    }
}
