using System.Collections.Concurrent;
using System.Net;
using System.Xml.Linq;
using Hangfire;
using Hangfire.Dashboard;
using Mes.Hosting.Auth;
using Mes.Messaging;
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
        app.MapHangfireDashboard($"{Path}/{jobs.Service}", new DashboardOptions
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
                if (await IsButton(http)) await Audit<TDb>(http);
                // the pages wait for the database without giving their thread back: not the one that reads the sockets
                await Task.Run(() => show(http));
            };
        });
    }

    /// <summary>Whether it asks for a change, and has the token without which the engine refuses it.</summary>
    static async Task<bool> IsButton(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && !http.Request.Path.Value!.EndsWith("/stats", StringComparison.Ordinal)
        && await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);

    /// <summary>
    /// Enters who has asked for what, before it is done: the engine's transactions take nothing up, and no change may be made
    /// that the trail does not tell of.
    /// </summary>
    static async Task Audit<TDb>(HttpContext http) where TDb : MesDbContext
    {
        var db = http.RequestServices.GetRequiredService<TDb>();
        (db.Actor, db.Action) = (Caller.Of(http.User)!.ToActor(), $"POST {http.Request.Path}");
        // …/recurring/VERB, …/jobs/STATE/VERB, …/jobs/actions/VERB/ID
        var steps = http.Request.Path.Value!.Split('/');
        var isOne = steps[^3] == "actions";
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        await db.InTransaction(http.RequestServices.GetRequiredService<OutboxSignal<TDb>>(), () =>
        {
            foreach (var key in isOne ? new StringValues(steps[^1]) : form["jobs[]"])
            {
                db.Audit(steps[^2] == "recurring" ? "job_schedule" : "job", key!, old: null,
                    @new: new { Asked = isOne ? steps[^2] : steps[^1] });
            }
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
