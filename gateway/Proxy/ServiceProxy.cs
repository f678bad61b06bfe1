using System.Net;
using Mes.Gateway.Credentials;
using Mes.Jobs;
using Mes.Web.Auth;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace Mes.Gateway.Proxy;

/// <summary>
/// Hands requests on to the services, unchanged but for this: what signs a client in stays here, and a ticket goes
/// along instead. Direct forwarding, because there is one address per service and balancing is the deployment's matter.
/// </summary>
sealed partial class ServiceProxy : IDisposable
{
    internal static readonly ForwarderRequestConfig RequestConfig = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(30),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    readonly IHttpForwarder _forwarder;
    readonly TicketIssuer _tickets;
    readonly TimeProvider _clock;
    readonly ILogger _logger;
    readonly HttpMessageInvoker _client = NewClient();

    public ServiceProxy(
        IHttpForwarder forwarder, TicketIssuer tickets, TimeProvider clock, ILogger<ServiceProxy> logger) =>
        (_forwarder, _tickets, _clock, _logger) = (forwarder, tickets, clock, logger);

    public void Dispose() => _client.Dispose();

    static readonly ForwardAsSent AsSent = new();

    internal static HttpMessageInvoker NewClient() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        EnableMultipleHttp2Connections = false,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // finds a service again that moved to another address
        ActivityHeadersPropagator = new ReverseProxyPropagator(System.Diagnostics.DistributedContextPropagator.Current),
    });

    /// <summary>The handler of one service's routes.</summary>
    /// <param name="service">Its name, for people to read.</param>
    /// <param name="address">Its base address, or null where the deployment has none.</param>
    public RequestDelegate To(string service, string? address) =>
        context => ForwardAsync(context, service, address);

    async Task ForwardAsync(HttpContext context, string service, string? address)
    {
        var credential = Credential.Of(context);
        if (credential.MustChangePassword)
        {
            await ProxyProblems.WritePasswordChangeRequiredAsync(context);
            return;
        }

        if (address is null)
        {
            await ProxyProblems.WriteUnavailableAsync(context, service);
            return;
        }

        Exchange(context.Request, credential);
        var error = await _forwarder.SendAsync(
            context, address, _client, RequestConfig, AsSent, context.RequestAborted);
        if (error is ForwarderError.None || context.RequestAborted.IsCancellationRequested) return;
        NotForwarded(_logger, service, error, context.GetForwarderErrorFeature()?.Exception?.Message);
        await ProxyProblems.WriteAsync(context, service, error);
    }

    [LoggerMessage(1102, LogLevel.Warning, "A request was not forwarded to {Service}: {Error}: {Message}")]
    static partial void NotForwarded(ILogger logger, string service, ForwarderError error, string? message);

    void Exchange(HttpRequest request, Credential credential)
    {
        var headers = request.Headers;
        headers.Cookie = CookiesOfJobs(request);
        headers.Authorization = default;
        headers.Remove(CredentialNames.ApiKeyHeader);
        headers[Ticket.Header] = credential.Ticket(_tickets, _clock.GetUtcNow());
    }

    /// <summary>What the pages of the jobs have set themselves; the session stays here.</summary>
    static StringValues CookiesOfJobs(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments(JobsDashboard.Path, StringComparison.Ordinal)) return default;
        var own = request.Cookies.Where(cookie => cookie.Key.StartsWith(CredentialNames.JobsCookie, StringComparison.Ordinal))
            .Select(cookie => $"{cookie.Key}={cookie.Value}").ToList();
        return own.Count > 0 ? string.Join("; ", own) : default(StringValues);
    }
}
