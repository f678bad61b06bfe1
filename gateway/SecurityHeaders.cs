using Mes.Jobs;
using Microsoft.Extensions.Primitives;

namespace Mes.Gateway;

/// <summary>What browsers must and must not do with an answer of this origin.</summary>
static class SecurityHeaders
{
    const string ApiPages = "/openapi";

    static readonly StringValues Policy =
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // The pages of the API and of the jobs style their elements inline; scripts are as restricted there as everywhere
    static readonly StringValues InlineStylesPolicy = Policy + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

    static readonly StringValues NoSniff = "nosniff";
    static readonly StringValues Deny = "DENY";
    static readonly StringValues NoReferrer = "no-referrer";
    static readonly StringValues SameOrigin = "same-origin";

    public static Task Add(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = IsStyledInline(context.Request.Path) ? InlineStylesPolicy : Policy;
        headers.XContentTypeOptions = NoSniff;
        headers.XFrameOptions = Deny;
        headers["Referrer-Policy"] = NoReferrer;
        headers["Cross-Origin-Opener-Policy"] = SameOrigin;
        return next(context);
    }

    static bool IsStyledInline(PathString path) => path.StartsWithSegments(ApiPages, StringComparison.Ordinal)
        || path.StartsWithSegments(JobsDashboard.Path, StringComparison.Ordinal);
}
