using Mes.Hosting.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests;

/// <summary>What the gateway answers itself demands a permission, but for what is named here.</summary>
public sealed class PermissionTests(Installation plant)
{
    static readonly string[] WithoutReason =
    [
        // before anybody can be signed in
        "/health/live", "/health/ready", "POST /api/identity/sign-in", "POST /api/identity/sign-in/badge",
        // of the caller's own
        "POST /api/identity/sign-out", "GET /api/identity/me", "POST /api/identity/password",
        "GET /api/identity/device/", "POST /api/identity/device/", "DELETE /api/identity/device/",
        // whoever is signed in may read how it is called
        "GET /api/{documentName}/openapi.json",
        // the service behind demands it
        "/api/work-orders/{**rest}", "/api/scheduling/{**rest}", "/api/quality/{**rest}", "/api/inventory/{**rest}",
        "/api/equipment/{**rest}", "/api/erp/{**rest}",
    ];

    [Fact]
    public void Every_endpoint_demands_a_permission_but_those_named() => WithoutPermission(
        plant.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        .Except(WithoutReason).ShouldBeEmpty();

    [Fact]
    public void An_endpoint_without_permission_is_found()
    {
        WithoutPermission([Seeded(new AuthorizeAttribute())]).ShouldBe(["/api/seeded"]);
        WithoutPermission([Seeded(new AuthorizeAttribute(Permissions.Plan), new AllowAnonymousAttribute())])
            .ShouldHaveSingleItem();
        WithoutPermission([Seeded(new AuthorizeAttribute(), new AuthorizeAttribute(Permissions.Plan))]).ShouldBeEmpty();
    }

    static IEnumerable<string> WithoutPermission(IEnumerable<RouteEndpoint> endpoints) => endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || !endpoint.Metadata.OfType<IAuthorizeData>().Any(data => Permissions.All.Contains(data.Policy ?? "")))
        .Select(endpoint => (Method: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0], endpoint.RoutePattern))
        .Select(endpoint => $"{endpoint.Method} {endpoint.RoutePattern.RawText}".Trim());

    static RouteEndpoint Seeded(params object[] metadata) => new(
        _ => Task.CompletedTask, RoutePatternFactory.Parse("/api/seeded"), 0, new EndpointMetadataCollection(metadata), "seeded");
}
