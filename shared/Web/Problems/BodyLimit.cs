using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Mes.Web.Problems;

/// <summary>
/// How large the bodies of an endpoint may be that takes files. The routing gives it to the server, in the service and in the
/// gateway before it; all other endpoints have the limit of the server.
/// </summary>
/// <remarks>
/// A file that is a little too large gets through, so that the rule can say how large it is and may be: what is larger than
/// this is not read at all.
/// </remarks>
public sealed class BodyLimit : IRequestSizeLimitMetadata
{
    BodyLimit(long bytes) => Bytes = bytes;

    /// <summary>The largest body, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Of a file of 20 MB in Base64.</summary>
    public static BodyLimit Attachment { get; } = new(32_000_000);

    /// <summary>Of a file of 50 MB in Base64.</summary>
    public static BodyLimit Instruction { get; } = new(72_000_000);

    /// <summary>Of a picture of 2 MB in Base64.</summary>
    public static BodyLimit Picture { get; } = new(4_000_000);

    long? IRequestSizeLimitMetadata.MaxRequestBodySize => Bytes;

    /// <summary>The largest body that an endpoint takes, in bytes.</summary>
    public static long Of(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? MalformedBody.BodyBytesMax;
}

/// <summary>Lets endpoints take larger bodies, and refuses those that are too large.</summary>
public static class BodyLimitExtensions
{
    /// <summary>See <see cref="BodyLimit"/>.</summary>
    public static TBuilder TakesBodies<TBuilder>(this TBuilder endpoint, BodyLimit limit)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(limit);

    /// <summary>
    /// Refuses a body whose announced length is too large before anything reads it. Goes behind the routing.
    /// </summary>
    /// <remarks>
    /// Who has begun to send it hears the answer when all is sent: cut off, a browser would tell of a broken connection alone.
    /// So the server lets it come and throws it away, for the seconds that it has for that.
    /// </remarks>
    public static IApplicationBuilder UseBodyLimits(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var bytesMax = BodyLimit.Of(context.GetEndpoint());
        if (!(context.Request.ContentLength > bytesMax)) return next(context);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server
            && context.Request.Headers.Expect.Count == 0)
        {
            server.MaxRequestBodySize = null;
        }
        return ProblemMapper.Write(context, ProblemMapper.BodyTooLarge(bytesMax));
    });
}
