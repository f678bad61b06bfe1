using Mes.Web.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Mes.Tests.Support;

/// <summary>Which endpoints anybody may call, or anybody who is signed in.</summary>
public static class EndpointPermissions
{
    /// <summary>Those that demand none of the permissions there are, as <c>METHOD /path</c>.</summary>
    public static IEnumerable<string> Missing(IEnumerable<RouteEndpoint> endpoints) => endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || !endpoint.Metadata.OfType<IAuthorizeData>().Any(data => Permissions.All.Contains(data.Policy ?? "")))
        .Select(Name);

    /// <summary>Method, where there is one, and path.</summary>
    public static string Name(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0]} {endpoint.RoutePattern.RawText}".Trim();

    /// <summary>An endpoint with this metadata, for a seeded violation.</summary>
    public static RouteEndpoint Seeded(params object[] metadata) => new(
        _ => Task.CompletedTask, RoutePatternFactory.Parse("/api/seeded"), 0, new EndpointMetadataCollection(metadata), "seeded");
}
