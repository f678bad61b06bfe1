using System.Xml.Linq;
using Hangfire;
using Hangfire.Dashboard;
using Mes.Hosting.Auth;
using Mes.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mes.Jobs;

/// <summary>The engine's own pages, one set for each service, linked among each other: for whoever may run jobs.</summary>
public static partial class JobsDashboard
{
    /// <summary>The path under which they lie, the same behind the gateway as before it.</summary>
    public const string Path = "/jobs";

    static readonly Lazy<bool> Links = new(AddLinks);

    /// <summary>The services that have jobs.</summary>
    public static IReadOnlyList<string> Services { get; } =
        ["scheduling", "equipment", "work-orders", "quality", "inventory", "identity"];

    /// <summary>Maps the pages of one service under <c>/jobs/SERVICE</c>.</summary>
    public static void MapJobs<TDb>(this IEndpointRouteBuilder app) where TDb : MesDbContext
    {
        _ = Links.Value;
        var jobs = app.ServiceProvider.GetRequiredService<Jobs<TDb>>();
        app.MapHangfireDashboard($"{Path}/{jobs.Service}", new DashboardOptions
        {
            // its own filter admits local callers alone, which behind a gateway are all or none
            Authorization = [],
            DashboardTitle = $"Mes · {jobs.Service}",
            DisplayStorageConnectionString = false,
            AppPath = null,
        }, jobs.Storage).RequireAuthorization(Permissions.RunJobs).Add(OnThreadOfPool);
    }

    /// <summary>The pages wait for the database without giving their thread back: not the one that reads the sockets.</summary>
    static void OnThreadOfPool(EndpointBuilder page)
    {
        var show = page.RequestDelegate!;
        page.RequestDelegate = http =>
        {
            if (HttpMethods.IsPost(http.Request.Method) && !http.Request.Path.Value!.EndsWith("/stats", StringComparison.Ordinal))
            {
                var caller = Caller.Of(http.User)!;
                ButtonPressed(http.RequestServices.GetRequiredService<ILogger<JobModule>>(),
                    caller.SubjectId, caller.Name, http.Request.Path);
            }
            return Task.Run(() => show(http));
        };
    }

    [LoggerMessage(7002, LogLevel.Information, "{CallerId} ({CallerName}) pressed a button of the jobs: {Path}")]
    static partial void ButtonPressed(ILogger log, string callerId, string callerName, string path);

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
