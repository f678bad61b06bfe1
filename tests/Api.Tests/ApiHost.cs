using System.Security.Cryptography;
using Mes.Equipment;
using Mes.Gateway;
using Mes.Inventory;
using Mes.Quality;
using Mes.Scheduling;
using Mes.Web;
using Mes.Web.Hosting;
using Mes.WorkOrders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Mes.Api.Tests;

/// <summary>A host of endpoints that is built but never started, and what the framework knows of them.</summary>
sealed class ApiHost : IAsyncDisposable
{
    static readonly string[] Databases = ["workorders", "scheduling", "quality", "inventory", "equipment", "identity"];

    readonly WebApplication _app;
    readonly Dictionary<string, Type> _types = [];

    ApiHost(WebApplicationBuilder builder, IReadOnlyList<string> documents, Func<WebApplicationBuilder, WebApplication> build)
    {
        foreach (var document in documents)
        {
            builder.Services.AddOpenApi(document, options => Configure(options, document));
        }
        // the framework's own is filled when a host starts
        WebApplication? app = null;
        builder.Services.AddSingleton<EndpointDataSource>(_ =>
            new CompositeEndpointDataSource(((IEndpointRouteBuilder)app!).DataSources));
        _app = app = build(builder);
        Endpoints = [.. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
    }

    /// <summary>All services, composed as the standalone edition does it.</summary>
    public static ApiHost OfServices()
    {
        var builder = MesService.CreateBuilder("api", []);
        Settle(builder);
        builder.AddWorkOrders();
        builder.AddScheduling();
        builder.AddQuality();
        builder.AddInventory();
        builder.AddEquipment();
        return new ApiHost(builder, Documents.OfServices, given =>
        {
            var app = given.BuildMes();
            app.MapWorkOrders();
            app.MapScheduling();
            app.MapQuality();
            app.MapInventory();
            app.MapEquipment();
            return app;
        });
    }

    public static ApiHost OfGateway()
    {
        var builder = WebApplication.CreateBuilder();
        Settle(builder);
        builder.AddGateway();
        return new ApiHost(builder, [Documents.Gateway], given =>
        {
            var app = given.Build();
            app.MapGateway();
            return app;
        });
    }

    /// <summary>The services of the host.</summary>
    public IServiceProvider Services => _app.Services;

    public IReadOnlyList<RouteEndpoint> Endpoints { get; }

    /// <summary>The types behind the named schemas of the documents made so far, by <c>document/schema</c>.</summary>
    public IReadOnlyDictionary<string, Type> Types => _types;

    /// <summary>What the framework makes of the endpoints, before anything is described.</summary>
    public async Task<JsonNode> Raw(string document)
    {
        var provider = _app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(document);
        var made = await provider.GetOpenApiDocumentAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(await made.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    void Configure(OpenApiOptions options, string document)
    {
        options.ShouldInclude = api => Documents.Of(api.GroupName ?? Documents.Gateway) == document;
        options.CreateSchemaReferenceId = json =>
        {
            if (OpenApiOptions.CreateDefaultSchemaReferenceId(json) is not { } id) return null;
            // the only lists of plain texts are of codes
            if (json.Type == typeof(Page<string>)) id = "PageOfCodes";
            var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
            if (_types.TryAdd($"{document}/{id}", type) || _types[$"{document}/{id}"] == type) return id;
            throw new InvalidOperationException($"{type} and {_types[$"{document}/{id}"]} are both {id} in {document}.");
        };
    }

    static void Settle(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(Databases
        .SelectMany(name => new[] { name, $"{name}-owner" })
        .Select(name => KeyValuePair.Create($"ConnectionStrings:{name}", (string?)$"Host=127.0.0.1;Database={name}"))
        .Append(KeyValuePair.Create("Mes:TicketKey", (string?)Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))));
}
