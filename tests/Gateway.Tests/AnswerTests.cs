using Mes.Gateway.Data;
using Mes.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests;

/// <summary>What the gateway answers itself is never a row of its database.</summary>
public sealed class AnswerTests(Installation plant)
{
    [Fact]
    public void No_endpoint_answers_with_an_entity()
    {
        using var scope = plant.Gateway.Services.CreateScope();
        var entities = EndpointAnswers.EntitiesOf(scope.ServiceProvider.GetRequiredService<IdentityDb>()).ToHashSet();
        entities.ShouldContain(typeof(User));
        var endpoints = plant.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        EndpointAnswers.Entities(endpoints, entities).ShouldBeEmpty();
    }
}
