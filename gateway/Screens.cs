using Mes.Jobs;
using Microsoft.Extensions.FileProviders;

namespace Mes.Gateway;

/// <summary>
/// The screens, built from <c>web/</c>: files as they are, and the app for each of its addresses. What bears a hash of its
/// content in its name is kept by browsers; all else is asked for again.
/// </summary>
static class Screens
{
    const string Start = "index.html";
    const string Hashed = "/assets";

    // Where codes on labels lead: GS1 Digital Link, with the application identifier of a GTIN
    static readonly PathString DigitalLinks = "/01";

    static readonly PathString[] NotScreens = ["/api", "/health", "/openapi", JobsDashboard.Path];

    public static void AddScreens(this IServiceCollection services) =>
        // Over HTTPS too: files are alike for everybody, so that their length tells nothing
        services.AddResponseCompression(options => options.EnableForHttps = true);

    public static void UseScreens(this IApplicationBuilder app)
    {
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        app.UseWhen(context => !IsElsewhere(context.Request.Path), screens =>
        {
            screens.UseResponseCompression();
            screens.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
            screens.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files,
                OnPrepareResponse = answer => answer.Context.Response.Headers.CacheControl = Caching(answer.Context),
            });
            screens.Use((context, next) => IsPage(context.Request) ? SendStart(context, files) : next(context));
        });
    }

    static bool IsElsewhere(PathString path) =>
        Array.Exists(NotScreens, start => path.StartsWithSegments(start, StringComparison.Ordinal));

    static string Caching(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Hashed, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable" : "no-cache";

    // What a browser navigates to; a file that is not there stays not found. A scanned code may have points in it
    static bool IsPage(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && (!Path.HasExtension(request.Path) || request.Path.StartsWithSegments(DigitalLinks, StringComparison.Ordinal))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    static Task SendStart(HttpContext context, PhysicalFileProvider files)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.SendFileAsync(files.GetFileInfo(Start), context.RequestAborted);
    }
}
