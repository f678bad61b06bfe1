using Mes.Jobs;
using Mes.Web.Auth;
using Mes.Web.Problems;

namespace Mes.Gateway.Proxy;

/// <summary>Which path goes to which service, and where that is.</summary>
static class ServiceRoutes
{
    /// <summary>First path segment under /api and the service behind it (configuration key Services:NAME).</summary>
    static readonly (string Segment, string Service)[] Table =
    [
        ("work-orders", "work-orders"),
        ("scheduling", "scheduling"),
        ("quality", "quality"),
        ("inventory", "inventory"),
        ("equipment", "equipment"),
        ("erp", "work-orders"),
    ];

    /// <summary>What takes files, and is let through with them.</summary>
    static readonly (string Path, string Method, string Service, BodyLimit Limit)[] TakingFiles =
    [
        ("/api/work-orders/orders/{id}/attachments", "POST", "work-orders", BodyLimit.Attachment),
        ("/api/work-orders/products/{code}/picture", "PUT", "work-orders", BodyLimit.Picture),
        ("/api/work-orders/routings/{code}/operations/{operation}/instruction/files", "POST", "work-orders",
            BodyLimit.Instruction),
    ];

    /// <summary>The segments, each with an OpenAPI document of its own.</summary>
    public static IEnumerable<string> Segments => Table.Select(route => route.Segment);

    public static void MapServices(this WebApplication app)
    {
        var proxy = app.Services.GetRequiredService<ServiceProxy>();
        foreach (var (segment, service) in Table)
        {
            var forward = proxy.To(service, app.Configuration[$"Services:{service}"]);
            app.Map($"/api/{segment}/{{**rest}}", forward).RequireAuthorization();
            if (JobsDashboard.Services.Contains(segment))
                app.Map($"{JobsDashboard.Path}/{segment}/{{**rest}}", forward).RequireAuthorization(Permissions.RunJobs);
        }
        foreach (var (path, method, service, limit) in TakingFiles)
        {
            app.MapMethods(path, [method], proxy.To(service, app.Configuration[$"Services:{service}"]))
                .TakesBodies(limit).RequireAuthorization();
        }
    }
}
