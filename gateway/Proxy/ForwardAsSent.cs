using Mes.Web;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Mes.Gateway.Proxy;

/// <summary>
/// Forwards the address as it was sent: once decoded, a path no longer says which of its escapes were a code's own.
/// </summary>
sealed class ForwardAsSent : HttpTransformer
{
    static readonly UriCreationOptions Unchanged = new() { DangerousDisablePathAndQueryCanonicalization = true };
    static readonly string[] Policies =
    [
        HeaderNames.ContentSecurityPolicy, HeaderNames.XContentTypeOptions, HeaderNames.XFrameOptions
    ];

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix,
        CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var path = ExactAddresses.PathAsSent(httpContext);
        proxyRequest.RequestUri = new Uri(
            destinationPrefix.TrimEnd('/') + path + httpContext.Request.QueryString, Unchanged);
    }

    /// <summary>A policy that a service gives its answer, as a file has, stands in place of the one of all answers.</summary>
    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        foreach (var name in Policies)
        {
            if (proxyResponse?.Headers.Contains(name) == true) httpContext.Response.Headers.Remove(name);
        }
        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
