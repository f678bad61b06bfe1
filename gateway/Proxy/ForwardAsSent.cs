using Mes.Web;
using Yarp.ReverseProxy.Forwarder;

namespace Mes.Gateway.Proxy;

/// <summary>
/// Forwards the address as it was sent: once decoded, a path no longer says which of its escapes were a code's own.
/// </summary>
sealed class ForwardAsSent : HttpTransformer
{
    static readonly UriCreationOptions Unchanged = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix,
        CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var path = ExactAddresses.PathAsSent(httpContext);
        proxyRequest.RequestUri = new Uri(
            destinationPrefix.TrimEnd('/') + path + httpContext.Request.QueryString, Unchanged);
    }
}
