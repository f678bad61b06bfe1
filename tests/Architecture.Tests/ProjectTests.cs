namespace Mes.Architecture.Tests;

/// <summary>Who may use whom, as the project files say it.</summary>
public class ProjectTests
{
    /// <summary>Packages by which one could publish past the outbox.</summary>
    static readonly string[] BusPackages = ["MassTransit", "MassTransit.RabbitMQ", "RabbitMQ.Client"];

    /// <summary>Messaging itself, and the suites that measure or break the broker.</summary>
    static readonly string[] BusUsers =
        ["shared/Messaging/", "tests/Messaging.Tests/", "tests/Benchmarks/", "tests/Faults/", "tests/Fuzz/"];

    [Fact]
    public void Services_do_not_reference_each_other() => ServicesThatReferenceOthers(Project.All).ShouldBeEmpty();

    [Theory]
    [InlineData("../Inventory/Mes.Inventory.csproj")]
    [InlineData("../../gateway/Mes.Gateway.csproj")]
    [InlineData("..\\Inventory\\Mes.Inventory.csproj")]
    public void A_service_that_references_another_is_found(string reference) =>
        ServicesThatReferenceOthers([Seeded("services/Quality/Mes.Quality.csproj", "ProjectReference", reference)])
            .ShouldHaveSingleItem().ShouldContain("services/Quality/Mes.Quality.csproj");

    [Theory]
    [InlineData("../../shared/Web/Mes.Web.csproj")]
    [InlineData("Engine/Mes.Scheduling.Engine.csproj")]
    public void A_service_may_reference_shared_projects_and_its_own(string reference) =>
        ServicesThatReferenceOthers([Seeded("services/Scheduling/Mes.Scheduling.csproj", "ProjectReference", reference)])
            .ShouldBeEmpty();

    [Fact]
    public void Contracts_and_the_engine_reference_nothing() => WithReferences(Project.All).ShouldBeEmpty();

    [Theory]
    [InlineData("shared/Contracts/Mes.Contracts.csproj", "PackageReference", "Npgsql")]
    [InlineData("shared/Contracts/Mes.Contracts.csproj", "ProjectReference", "../Messaging/Mes.Messaging.csproj")]
    [InlineData("services/Scheduling/Engine/Mes.Scheduling.Engine.csproj", "PackageReference", "Google.OrTools")]
    [InlineData("services/Scheduling/Engine/Mes.Scheduling.Engine.csproj", "ProjectReference", "../Mes.Scheduling.csproj")]
    public void One_of_them_that_references_something_is_found(string project, string item, string reference) =>
        WithReferences([Seeded(project, item, reference)]).ShouldHaveSingleItem();

    [Fact]
    public void Only_messaging_knows_the_bus() => WithBus(Project.All).ShouldBeEmpty();

    [Fact]
    public void A_project_with_a_bus_package_is_found() =>
        WithBus([Seeded("services/Quality/Mes.Quality.csproj", "PackageReference", "RabbitMQ.Client")]).ShouldHaveSingleItem();

    [Fact]
    public void Every_project_is_in_the_solution() => OutsideSolution(Project.All, Repository.Read("Mes.sln")).ShouldBeEmpty();

    [Fact]
    public void A_project_outside_the_solution_is_found() =>
        OutsideSolution([Seeded("services/New/Mes.New.csproj", "Using", "")], Repository.Read("Mes.sln")).ShouldHaveSingleItem();

    static IEnumerable<string> ServicesThatReferenceOthers(IEnumerable<Project> projects) =>
        from project in projects
        where project.Service is not null
        from reference in project.References
        where !reference.StartsWith("shared/", StringComparison.Ordinal)
              && !reference.StartsWith(project.Service!, StringComparison.Ordinal)
        select $"{project.Path} references {reference}";

    static IEnumerable<string> WithReferences(IEnumerable<Project> projects) => projects
        .Where(project => project.Folder is "shared/Contracts/" or "services/Scheduling/Engine/")
        .SelectMany(project => project.References.Concat(project.Packages).Select(what => $"{project.Path} references {what}"));

    static IEnumerable<string> WithBus(IEnumerable<Project> projects) => projects
        .Where(project => !BusUsers.Contains(project.Folder))
        .SelectMany(project => project.Packages.Intersect(BusPackages).Select(package => $"{project.Path} references {package}"));

    static IEnumerable<string> OutsideSolution(IEnumerable<Project> projects, string solution) => projects
        .Select(project => project.Path)
        .Where(path => !solution.Replace('\\', '/').Contains($"\"{path}\"", StringComparison.Ordinal));

    static Project Seeded(string path, string item, string include) => Project.Of(new TrackedFile(path,
        $"""<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><{item} Include="{include}" /></ItemGroup></Project>"""));
}
