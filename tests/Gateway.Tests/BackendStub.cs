using System.Collections.Concurrent;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mes.Gateway.Tests;

/// <summary>What the stub tells of a request.</summary>
public sealed record Seen(
    string Service, string Target, string Path, string Query, Caller Caller, string Scope,
    Dictionary<string, string> Headers, string Body);

/// <summary>Stands for the services behind the gateway: validates tickets as they do and tells what arrived.</summary>
public sealed class BackendStub : IAsyncDisposable
{
    readonly WebApplication _app;

    BackendStub(WebApplication app) => _app = app;

    public Uri Address => GatewayHost.AddressOf(_app);

    public ConcurrentQueue<Seen> Requests { get; } = new();

    public TerminalBackend Terminal { get; } = new();

    public (string, string?)[] AsServices =>
    [
        .. new[] { "work-orders", "scheduling", "quality", "inventory", "equipment" }
            .Select(service => ($"Services:{service}", (string?)Address.ToString())),
    ];

    public static async Task<BackendStub> StartAsync(TimeProvider clock, string? ticketKey = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Mes:TicketKey"] = ticketKey ?? GatewayHost.TicketKey;
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(clock);
        builder.Services.AddTicketAuthentication(builder.Configuration);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        var stub = new BackendStub(app);
        stub.Map(app);
        await app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    void Map(WebApplication app)
    {
        foreach (var permission in Permissions.All)
            app.MapGet($"/api/{{service}}/may/{permission}", () => "yes").RequireAuthorization(permission);
        Terminal.Map(app);
        app.MapPost("/api/{service}/rule", () => Results.Problem(statusCode: 422, title: "no", extensions:
            new Dictionary<string, object?> { ["code"] = "a-rule" }));
        app.Map("/api/{service}/echo/{**rest}", EchoAsync);
        app.MapPost("/api/work-orders/orders/{id}/attachments", (Delegate)TakeAsync);
        app.MapPut("/api/work-orders/products/{code}/picture", (Delegate)TakeAsync);
    }

    /// <summary>Takes a file, and tells how large it was under a policy as files have.</summary>
    static async Task<long> TakeAsync(HttpContext context)
    {
        using var taken = new MemoryStream();
        await context.Request.Body.CopyToAsync(taken, context.RequestAborted);
        context.Response.Headers.ContentSecurityPolicy = "sandbox";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return taken.Length;
    }

    async Task<Seen> EchoAsync(string service, HttpContext context, Caller caller)
    {
        using var reader = new StreamReader(context.Request.Body);
        var seen = new Seen(
            service,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Path,
            context.Request.QueryString.ToString(),
            caller,
            caller.Scope,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            await reader.ReadToEndAsync());
        Requests.Enqueue(seen);
        return seen;
    }
}
