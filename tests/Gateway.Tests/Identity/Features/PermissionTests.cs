using Mes.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features;

/// <summary>What the gateway answers itself demands a permission, but for what is named here.</summary>
public sealed class PermissionTests(Installation plant)
{
    static readonly string[] Exempt =
    [
        // before anybody can be signed in
        "/health/live", "/health/ready", "POST /api/identity/sign-in", "POST /api/identity/sign-in/badge",
        "GET /api/identity/demo-accounts",
        // of the caller's own
        "POST /api/identity/sign-out", "GET /api/identity/me", "POST /api/identity/password",
        "POST /api/identity/signatures",
        "GET /api/identity/device", "POST /api/identity/device", "DELETE /api/identity/device",
        "POST /api/identity/device/pairing",
        // whoever is signed in may read how it is called
        "GET /openapi/{file?}",
        // the service behind demands it
        "/api/work-orders/{**rest}", "/api/scheduling/{**rest}", "/api/quality/{**rest}", "/api/inventory/{**rest}",
        "/api/equipment/{**rest}", "/api/erp/{**rest}",
        "POST /api/work-orders/orders/{id}/attachments", "PUT /api/work-orders/products/{code}/picture",
        "POST /api/work-orders/routings/{code}/operations/{operation}/instruction/files",
    ];

    [Fact]
    public void Every_endpoint_demands_a_permission_but_those_named() => EndpointPermissions.Missing(
        plant.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        .ShouldBe(Exempt, ignoreOrder: true);

    [Fact]
    public void One_that_is_not_named_is_found() => EndpointPermissions.Missing(
        [EndpointPermissions.Seeded(new AuthorizeAttribute())]).Except(Exempt).ShouldBe(["/api/seeded"]);
}
