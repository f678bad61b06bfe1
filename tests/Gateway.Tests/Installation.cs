using Mes.Tests.Support;
using Shouldly;
using Xunit;

[assembly: AssemblyFixture(typeof(Mes.Gateway.Tests.Installation))]

namespace Mes.Gateway.Tests;

/// <summary>One gateway, its database and a backend that most tests share; each makes the callers it needs.</summary>
public sealed class Installation : IAsyncLifetime
{
    int _number;

    public TestClock Clock { get; } = new();

    public TestDatabase Database { get; private set; } = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    public BackendStub Backend { get; private set; } = null!;

    public TerminalBackend Terminal => Backend.Terminal;

    public TestClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.SharedAsync();
        Database = await server.CreateDatabaseAsync("identity");
        Backend = await BackendStub.StartAsync(Clock);
        Gateway = await GatewayHost.StartAsync(Database, Clock, Backend.AsServices);
        Admin = await Gateway.SignInAdministratorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Backend.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A name that no other test uses.</summary>
    public string Name(string kind) => $"{kind}-{Interlocked.Increment(ref _number)}";

    /// <summary>A user who has changed the one-time password.</summary>
    public async Task<TestUser> CreateUserAsync(params string[] roles)
    {
        const string password = "a long enough password";
        var name = Name("user");
        var (id, oneTime) = await CreatePersonAsync(name, roles);
        using var client = Gateway.Client();
        (await client.PostAsync("sign-in", new { userName = name, password = oneTime })).Status.ShouldBe(200);
        (await client.PostAsync("password", new { current = oneTime, @new = password })).Status.ShouldBe(204);
        return new TestUser(id, name, password);
    }

    /// <summary>A person, whose code and user name are one, with a one-time password.</summary>
    public async Task<(Guid Id, string OneTimePassword)> CreatePersonAsync(string name, params string[] roles)
    {
        var made = await Admin.PutAsync($"people/{name}", new { name = "Display of " + name, roles, userName = name });
        made.Status.ShouldBe(200, made.Text);
        var reset = await Admin.PostAsync($"people/{name}/password-reset", new { });
        reset.Status.ShouldBe(200, reset.Text);
        return ((Guid)made.Json["id"]!, (string)reset.Json["password"]!);
    }

    public async Task<TestClient> SignInAsync(TestUser user)
    {
        var client = Gateway.Client();
        (await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password })).Status.ShouldBe(200);
        return client;
    }

    public async Task<(Guid Id, string Secret)> CreateKeyAsync(params string[] roles)
    {
        var created = await Admin.PostAsync("api-keys", new { name = Name("key"), roles });
        created.Status.ShouldBe(201, created.Text);
        return ((Guid)created.Json["id"]!, (string)created.Json["secret"]!);
    }

    public Task<(Guid Id, string Secret)> CreateDeviceAsync(params string[] roles) => CreateDeviceAsync(["M1"], [], roles);

    public async Task<(Guid Id, string Secret)> CreateDeviceAsync(string[] equipment, string[] workCenters, params string[] roles)
    {
        var created = await Admin.PostAsync("devices", new { name = Name("terminal"), equipment, workCenters, roles });
        created.Status.ShouldBe(201, created.Text);
        return ((Guid)created.Json["id"]!, (string)created.Json["secret"]!);
    }

    public async Task<TestBadge> CreateBadgeAsync(string? pin, params string[] roles)
    {
        var code = Name("B");
        await Admin.PutAsync($"people/ID-{code}", new { name = "Operator " + code, roles });
        var created = await Admin.PostAsync("badges", new { code, person = "ID-" + code, pin });
        created.Status.ShouldBe(201, created.Text);
        return new TestBadge((Guid)created.Json["id"]!, code, "ID-" + code);
    }
}

public sealed record TestUser(Guid Id, string Name, string Password);

public sealed record TestBadge(Guid Id, string Code, string OperatorCode);
