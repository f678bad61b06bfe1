using System.Reflection;
using System.Security.Cryptography;
using Mes.Gateway;
using Mes.Messaging;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web;
using Mes.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Architecture.Tests;

/// <summary>All services in one host, composed as the standalone edition does it, but never started.</summary>
public sealed class Modules : IAsyncDisposable
{
    static readonly string[] Databases = ["workorders", "scheduling", "quality", "inventory", "equipment", "identity"];

    readonly WebApplication _app;

    public Modules()
    {
        var builder = MesService.CreateBuilder("architecture", []);
        builder.Configuration.AddInMemoryCollection(Databases.SelectMany(name => new[] { name, $"{name}-owner" })
            .Select(name => KeyValuePair.Create($"ConnectionStrings:{name}", (string?)$"Host=127.0.0.1;Database={name}"))
            .Append(KeyValuePair.Create("Mes:TicketKey", (string?)Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))));
        foreach (var module in All)
        {
            Method(module, "Add").Invoke(null, [builder]);
        }
        builder.AddGatewayConsumers();
        _app = builder.BuildMes();
        foreach (var module in All)
        {
            Method(module, "Map").Invoke(null, [_app]);
        }
    }

    /// <summary>The composition roots of all services.</summary>
    public static IReadOnlyList<Type> All { get; } = [.. Directory.GetFiles(AppContext.BaseDirectory, "Mes.*.dll")
        .Select(Path.GetFileNameWithoutExtension).Where(IsService).Select(name => Assembly.Load(name!))
        .Select(assembly => assembly.GetExportedTypes().SingleOrDefault(type => type.Name == $"{Last(assembly)}Module"))
        .OfType<Type>().OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The consumers they register.</summary>
    public IReadOnlyList<ConsumerRegistration> Consumers => [.. _app.Services.GetServices<ConsumerRegistration>()];

    /// <summary>The endpoints under <c>/api</c>.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. ((IEndpointRouteBuilder)_app).DataSources
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))];

    /// <summary>The types that their databases map to tables.</summary>
    public IReadOnlySet<Type> Entities
    {
        get
        {
            using var scope = _app.Services.CreateScope();
            return All.SelectMany(module => module.Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(MesDbContext)))
                .SelectMany(type => EndpointAnswers.EntitiesOf((MesDbContext)scope.ServiceProvider.GetRequiredService(type)))
                .ToHashSet();
        }
    }

    /// <summary>Whether something is registered.</summary>
    public bool Has(Type service) => _app.Services.GetService<IServiceProviderIsService>()!.IsService(service);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    static bool IsService(string? name) => Project.All.Any(project =>
        project.Path == $"services/{name!["Mes.".Length..]}/{name}.csproj");

    static string Last(Assembly assembly) => assembly.GetName().Name!.Split('.')[^1];

    static MethodInfo Method(Type module, string prefix) => module.GetMethod(prefix + module.Name[..^"Module".Length])
        ?? throw new InvalidOperationException($"{module} has no method {prefix}{module.Name[..^"Module".Length]}.");
}
