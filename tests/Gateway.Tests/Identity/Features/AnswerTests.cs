using FluentValidation;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Identity.Features;

/// <summary>What the gateway answers itself is never a row of its database.</summary>
public sealed class AnswerTests(Installation plant)
{
    [Fact]
    public void No_endpoint_answers_with_an_entity()
    {
        using var scope = plant.Gateway.Services.CreateScope();
        var entities = EndpointAnswers.EntitiesOf(scope.ServiceProvider.GetRequiredService<IdentityDb>()).ToHashSet();
        entities.ShouldContain(typeof(Person));
        var endpoints = plant.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        EndpointAnswers.Entities(endpoints, entities).ShouldBeEmpty();
    }

    [Fact]
    public void Every_body_has_a_validator()
    {
        var services = plant.Gateway.Services.GetRequiredService<IServiceProviderIsService>();
        var bodies = plant.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType).OfType<Type>().ToList();

        bodies.Count.ShouldBeGreaterThan(8);
        bodies.Where(body => !services.IsService(typeof(IValidator<>).MakeGenericType(body))).ShouldBeEmpty();
        services.IsService(typeof(IValidator<string>)).ShouldBeFalse("one that is missing is found");
    }
}
