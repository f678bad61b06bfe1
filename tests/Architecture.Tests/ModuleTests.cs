using FluentValidation;
using Mes.Messaging;
using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using static Mes.Tests.Support.EndpointPermissions;

namespace Mes.Architecture.Tests;

/// <summary>What the composed services register: consumers, endpoints, permissions, validators.</summary>
public sealed class ModuleTests(Modules modules) : IClassFixture<Modules>
{
    [Fact]
    public void Every_service_project_has_a_module() => WithoutModule(Project.All).ShouldBeEmpty();

    [Fact]
    public void A_service_without_a_module_is_found()
    {
        var project = new TrackedFile("services/Energy/Mes.Energy.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\" />");
        WithoutModule([.. Project.All, Project.Of(project)]).ShouldBe([project.Path]);
    }

    static IEnumerable<string> WithoutModule(IEnumerable<Project> projects) => projects
        .Where(project => project.Folder == project.Service
            && !Modules.All.Any(module => module.Name == $"{project.Service!.Split('/')[1]}Module"))
        .Select(project => project.Path);

    [Fact]
    public void Every_queue_of_a_contract_has_one_consumer_and_the_reverse() =>
        Mismatches(Named(), modules.Consumers).ShouldBeEmpty();

    [Fact]
    public void A_queue_without_consumer_a_second_consumer_and_one_without_queue_are_found()
    {
        var named = Named().ToList();
        var consumers = named.Select(pair => new ConsumerRegistration(pair.Queue, pair.Message, typeof(object))).ToList();
        Mismatches(named, consumers).ShouldBeEmpty();
        Mismatches(named, consumers.Skip(1)).ShouldHaveSingleItem();
        Mismatches(named, consumers.Append(consumers[0])).ShouldHaveSingleItem();
        Mismatches(named.Skip(1), consumers).ShouldHaveSingleItem();
        Mismatches(named, [consumers[0] with { Message = typeof(string) }, .. consumers.Skip(1)]).Count().ShouldBe(2);
    }

    [Fact]
    public void Every_endpoint_demands_a_permission()
    {
        modules.Endpoints.Count.ShouldBeGreaterThan(20);
        Missing(modules.Endpoints).ShouldBeEmpty();
    }

    [Fact]
    public void An_endpoint_without_permission_is_found()
    {
        Missing([Seeded()]).ShouldHaveSingleItem();
        Missing([Seeded(new AuthorizeAttribute())]).ShouldHaveSingleItem();
        Missing([Seeded(new AuthorizeAttribute("no-such-permission"))]).ShouldHaveSingleItem();
        var permission = new AuthorizeAttribute(Permissions.Plan);
        Missing([Seeded(permission, new AllowAnonymousAttribute())]).ShouldHaveSingleItem();
        Missing([Seeded(new AuthorizeAttribute(), permission)]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_body_has_a_validator() => WithoutValidator(modules.Endpoints, modules.Has).ShouldBeEmpty();

    [Fact]
    public void A_body_without_validator_is_found()
    {
        WithoutValidator([Seeded(new Accepts(typeof(string)))], _ => false).ShouldHaveSingleItem();
        WithoutValidator([Seeded(new Accepts(typeof(string)))], type => type == typeof(IValidator<string>)).ShouldBeEmpty();
        WithoutValidator([Seeded()], _ => false).ShouldBeEmpty();
    }

    static IEnumerable<(string Queue, Type Message)> Named() => ContractTypes.All.SelectMany(
        type => ContractTypes.QueuesOf(type.Name).Select(queue => (queue, type)));

    static IEnumerable<string> Mismatches(
        IEnumerable<(string Queue, Type Message)> named, IEnumerable<ConsumerRegistration> consumers)
    {
        var wanted = named.Select(pair => $"{pair.Message.Name} -> {pair.Queue}").ToList();
        var registered = consumers.Select(consumer => $"{consumer.Message.Name} -> {consumer.Queue}").ToList();
        return wanted.Except(registered).Select(pair => $"no consumer: {pair}")
            .Concat(registered.Except(wanted).Select(pair => $"not named by the contract: {pair}"))
            .Concat(registered.CountBy(pair => pair).Where(pair => pair.Value > 1).Select(pair => $"consumed twice: {pair.Key}"));
    }

    static IEnumerable<string> WithoutValidator(IEnumerable<RouteEndpoint> endpoints, Func<Type, bool> has) => endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body
            && !has(typeof(IValidator<>).MakeGenericType(body)))
        .Select(endpoint => $"{Name(endpoint)}: {endpoint.Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!.Name}");

    sealed class Accepts(Type body) : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes => ["application/json"];

        public Type? RequestType => body;

        public bool IsOptional => false;
    }
}
