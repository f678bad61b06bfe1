using System.Collections.Frozen;
using System.IO.Compression;
using Scalar.AspNetCore;

namespace Mes.Gateway;

/// <summary>
/// What describes the API: its documents, which are committed and compared with the code by a test, and a page that shows
/// them. All is served from here, and nothing in the page runs or loads what is not.
/// </summary>
static class ApiPages
{
    const string Start = "index.html";

    // Packed; its package would serve it beside a page with a script in itself
    const string ScalarName = "scalar.js";
    const string ScalarResource = "ScalarStaticAssets.scalar.js";

    static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8", [".js"] = "text/javascript; charset=utf-8", [".json"] = "application/json",
    }.ToFrozenDictionary();

    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "openapi");

    static readonly FrozenSet<string> Files =
        Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Maps <c>/openapi</c> and what lies under it, for whoever is signed in.</summary>
    public static void MapApiPages(this IEndpointRouteBuilder app) => app
        .MapGet("/openapi/{file?}", (HttpContext context, string file = Start) => Send(context, file))
        .RequireAuthorization().ExcludeFromDescription();

    static Task Send(HttpContext context, string file)
    {
        context.Response.Headers.CacheControl = "no-cache";
        if (file == ScalarName) return SendScalar(context);
        if (!Files.Contains(file)) return Refusal.WriteAsync(context, 404, "no-such-address", "Check the address.");
        context.Response.ContentType = Types[Path.GetExtension(file)];
        return context.Response.SendFileAsync(Path.Combine(Folder, file), context.RequestAborted);
    }

    static async Task SendScalar(HttpContext context)
    {
        await using var packed = typeof(ScalarOptions).Assembly.GetManifestResourceStream(ScalarResource)!;
        context.Response.ContentType = Types[".js"];
        context.Response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await packed.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }
        await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        await unpacked.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
