using System.Collections.Concurrent;
using System.Net;
using System.Xml.Linq;
using Hangfire;
using Hangfire.Dashboard;
using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Mes.Jobs;

/// <summary>The engine's own pages, one set for each service, linked among each other: for whoever may run jobs.</summary>
public static class JobsDashboard
{
    /// <summary>The path under which they lie, the same behind the gateway as before it.</summary>
    public const string Path = "/jobs";

    static readonly Lazy<bool> Links = new(AddLinks);
    static readonly ConcurrentDictionary<(string Service, string Job), Func<string, string>> Pages = [];

    /// <summary>The services that have jobs.</summary>
    public static IReadOnlyList<string> Services { get; } =
        ["scheduling", "equipment", "work-orders", "quality", "inventory", "identity"];

    /// <summary>Maps the pages of one service under <c>/jobs/SERVICE</c>.</summary>
    public static void MapJobs<TDb>(this IEndpointRouteBuilder app) where TDb : MesDbContext
    {
        _ = Links.Value;
        var jobs = app.ServiceProvider.GetRequiredService<Jobs<TDb>>();
        foreach (var (key, addressOf) in jobs.Declared.Links) Pages[(jobs.Service, key)] = addressOf;
        var root = $"{Path}/{jobs.Service}";
        app.MapHangfireDashboard(root, new DashboardOptions
        {
            // its own filter admits local callers alone, which behind a gateway are all or none
            Authorization = [],
            DashboardTitle = $"Mes · {jobs.Service}",
            DisplayStorageConnectionString = false,
            AppPath = null,
        }, jobs.Storage).RequireAuthorization(Permissions.RunJobs).Add(page =>
        {
            var show = page.RequestDelegate!;
            page.RequestDelegate = async http =>
            {
                if (IsForged(http.Request))
                {
                    http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                    return;
                }
                if (HttpMethods.IsPost(http.Request.Method)) await Audit<TDb>(http, http.Request.Path.Value![root.Length..]);
                // the pages wait for the database without giving their thread back: not the one that reads the sockets
                await Task.Run(() => show(http));
            };
        });
    }

    /// <summary>The engine does what a form says, whatever the method, and asks no token of a GET.</summary>
    static bool IsForged(HttpRequest request) => !HttpMethods.IsPost(request.Method)
        && (request.HasFormContentType || !HttpMethods.IsGet(request.Method));

    /// <summary>
    /// Enters who has asked for what, before it is done: the engine's transactions take nothing up, and no change may be made
    /// that the trail does not tell of.
    /// </summary>
    static async Task Audit<TDb>(HttpContext http, string button) where TDb : MesDbContext
    {
        var services = http.RequestServices;
        if (DashboardRoutes.Routes.FindDispatcher(button)?.Item2 is not { } route) return;
        if (!await services.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)) return;       // the engine refuses it
        var one = route.Groups["JobId"];
        var keys = one.Success ? new StringValues(one.Value) : http.Request.HasFormContentType
            ? (await http.Request.ReadFormAsync(http.RequestAborted))["jobs[]"] : StringValues.Empty;
        if (keys.Count == 0) return;        // a page asks for its numbers
        var db = services.GetRequiredService<TDb>();
        (db.Actor, db.Action) = (Caller.Of(http.User)!.ToActor(), $"POST {http.Request.Path}");
        await db.InTransaction(services.GetRequiredService<OutboxSignal<TDb>>(), () =>
        {
            var table = button.StartsWith("/recurring", StringComparison.OrdinalIgnoreCase) ? "job_schedule" : "job";
            foreach (var key in keys) db.Audit(table, key!, old: null, @new: new { Asked = button });
            return Task.FromResult(true);
        }, http.RequestAborted);
    }

    /// <summary>
    /// What the pages need: a button counts only with a token that was made by this installation. The keys of these tokens lie in
    /// the store of the jobs, where all processes of a service find them.
    /// </summary>
    internal static void AddDashboard(
        this IServiceCollection services, string service, Func<IServiceProvider, JobModule> module)
    {
        if (services.Any(known => known.ServiceType == typeof(IGlobalConfiguration))) return;     // once for each host
        services.AddSingleton<IGlobalConfiguration>(_ => GlobalConfiguration.Configuration);
        services.AddSingleton(_ => DashboardRoutes.Routes);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = $"{CredentialNames.JobsCookie}-{service}";    // hosts do not share their keys
            antiforgery.Cookie.Path = Path;
            antiforgery.SuppressXFrameOptionsHeader = true;                         // the gateway says so of every answer
        });
        services.AddDataProtection().SetApplicationName("mes");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = new KeyRing(module(provider).Storage)));
    }

    static bool AddLinks()
    {
        GlobalConfiguration.Configuration.UseJobDetailsRenderer(0, job => new NonEscapedString(
            job.JobDetails.Job is { Queue: { } service, Args: [string key, string argument, ..] }
                && Pages.TryGetValue((service, key), out var addressOf)
            ? $"<p><a href=\"{WebUtility.HtmlEncode(addressOf(argument))}\">{WebUtility.HtmlEncode(argument)}</a></p>"
            : ""));
        foreach (var service in Services)
        {
            NavigationMenu.Items.Add(page => new MenuItem(service, $"{Path}/{service}")
            {
                Active = page.Url.Home().TrimEnd('/').EndsWith($"/{service}", StringComparison.Ordinal)
            });
        }
        return true;
    }

    sealed class KeyRing(JobStorage storage) : IXmlRepository
    {
        const string Key = "mes:data-protection";

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var connection = storage.GetConnection();
            return [.. connection.GetAllItemsFromSet(Key).Select(XElement.Parse)];
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using var connection = storage.GetConnection();
            using var transaction = connection.CreateWriteTransaction();
            transaction.AddToSet(Key, element.ToString(SaveOptions.DisableFormatting));
            transaction.Commit();
        }
    }
}
