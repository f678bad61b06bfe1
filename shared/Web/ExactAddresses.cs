using Mes.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Mes.Web;

/// <summary>
/// Reads the codes of a path from the address as it was sent. The server leaves <c>%2F</c> as it is when it decodes a path,
/// so that there <c>A/B</c>, sent as <c>A%2FB</c>, and <c>A%2FB</c>, sent as <c>A%252FB</c>, look the same.
/// </summary>
public static class ExactAddresses
{
    /// <summary>Gives each route value as it was meant, and refuses segments that servers and clients swallow. Goes behind
    /// the routing.</summary>
    public static IApplicationBuilder UseExactAddresses(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        RequireText(context.Request);
        var segments = PathAsSent(context).Split('/');
        foreach (var segment in segments)
        {
            RequireNoDots(segment);
        }
        if (context.GetEndpoint() is RouteEndpoint endpoint)
        {
            Correct(context.Request.RouteValues, endpoint.RoutePattern, segments);
        }
        return next(context);
    });

    /// <summary>The path as it was sent, nothing of it decoded.</summary>
    public static string PathAsSent(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        var path = target?.Split('?', 2)[0] ?? "";
        if (!path.StartsWith('/') && path.Contains("://", StringComparison.Ordinal))
        {
            var authority = path.IndexOf("://", StringComparison.Ordinal) + 3;
            path = path.IndexOf('/', authority) is > 0 and var start ? path[start..] : "/";
        }
        return path.StartsWith('/') ? path : context.Request.Path.ToUriComponent();
    }

    /// <summary>No text that is kept or compared has the character zero, which the database refuses to read.</summary>
    static void RequireText(HttpRequest request)
    {
        if (request.QueryString.Value is not { } query || !query.Contains("%00", StringComparison.Ordinal)) return;
        var (name, value) = request.Query.FirstOrDefault(pair => pair.Value.ToString().Contains('\0'));
        throw RuleViolation.Malformed(
            "malformed-text", "Remove the character zero (%00) from the address.", ("field", name), ("value", value.ToString()));
    }

    static void RequireNoDots(string segment)
    {
        if (segment.Length is > 0 and <= 6 && Uri.UnescapeDataString(segment) is "." or "..")
        {
            throw Code.Refused(Uri.UnescapeDataString(segment));
        }
    }

    static void Correct(RouteValueDictionary values, RoutePattern pattern, string[] segments)
    {
        for (var at = 0; at < pattern.PathSegments.Count && at + 1 < segments.Length; at++)
        {
            if (pattern.PathSegments[at].Parts is [RoutePatternParameterPart { IsCatchAll: false } parameter]
                && values.ContainsKey(parameter.Name))
            {
                values[parameter.Name] = Uri.UnescapeDataString(segments[at + 1]);
            }
        }
    }
}
