using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Mes.Tests.Support;
using Npgsql;

namespace Mes.Tests.Editions;

/// <summary>
/// The distributed edition without containers: the services' programs with the environment that docker-compose.yml gives
/// them, on a PostgreSQL and a RabbitMQ of their own, started in Compose's order. Only addresses are replaced.
/// </summary>
public sealed partial class DistributedEdition : Edition
{
    const string GatewayName = "gateway";

    readonly Dictionary<string, ComposeService> _services;
    readonly Dictionary<string, Uri> _addresses;
    readonly Dictionary<string, ServerProcess> _running = [];
    readonly IReadOnlyDictionary<string, string> _environment;

    DistributedEdition(
        PostgresServer postgres, RabbitMqNode broker, IReadOnlyList<ComposeService> services,
        IReadOnlyDictionary<string, string> environment)
    {
        (Postgres, Broker, _environment) = (postgres, broker, environment);
        _services = services.ToDictionary(service => service.Name);
        _addresses = services.ToDictionary(service => service.Name, _ => new Uri($"http://127.0.0.1:{FreePort.Next()}"));
    }

    /// <summary>The PostgreSQL server of this installation, which survives being killed without loss.</summary>
    public PostgresServer Postgres { get; }

    /// <summary>The RabbitMQ node of this installation.</summary>
    public RabbitMqNode Broker { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts => [.. _services.Keys];

    /// <inheritdoc/>
    public override Uri Gateway => _addresses[GatewayName];

    private protected override string GatewayLog => LogOf(GatewayName);

    /// <summary>Starts everything and waits until all are healthy. Skips the test where RabbitMQ is missing.</summary>
    /// <param name="otlpEndpoint">Where traces and metrics go by OTLP over HTTP; null for nowhere.</param>
    /// <param name="environment">What each part has in its environment besides.</param>
    public static async Task<DistributedEdition> Start(
        Uri? otlpEndpoint = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var broker = await RabbitMqNode.StartAsync();
        var postgres = await PostgresServer.StartAsync(durable: true);
        var variables = await MakeSecrets();
        variables["MES_TICKET_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        variables["MES_OTLP_ENDPOINT"] = otlpEndpoint?.ToString() ?? "";
        await DatabasesScript.Run(postgres.AdminConnectionString, variables);
        var compose = await File.ReadAllTextAsync(Path.Combine(BuiltProgram.SolutionFolder, "docker-compose.yml"));
        var edition = new DistributedEdition(
            postgres, broker, ComposeFile.Services(compose, variables), environment ?? new Dictionary<string, string>());
        try
        {
            await edition.StartAll();
            return edition;
        }
        catch
        {
            await edition.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of one service behind the gateway.</summary>
    public Uri AddressOf(string service) => _addresses[service];

    /// <inheritdoc/>
    public override async Task Kill(string part)
    {
        await _running[part].Kill();
        Forget(part);
    }

    /// <inheritdoc/>
    public override Task Restart(string part) => Restart(part, null);

    /// <summary>Starts a part that was killed, and waits until it is healthy.</summary>
    /// <param name="part">Which.</param>
    /// <param name="commandTimeout">How long it waits for an answer of its database; null is what it does anyhow.</param>
    public Task Restart(string part, TimeSpan? commandTimeout)
    {
        if (_running.ContainsKey(part)) throw new InvalidOperationException($"{part} runs; kill it first");
        return Launch(part, commandTimeout).BecomesHealthy(_addresses[part]);
    }

    /// <summary>Starts a part that was killed.</summary>
    public void StartWithoutWaiting(string part) => Launch(part);

    /// <summary>Waits until all that run are healthy.</summary>
    public Task BecomesHealthy() =>
        Task.WhenAll(_running.Select(pair => pair.Value.BecomesHealthy(_addresses[pair.Key])));

    /// <summary>The number of a part's process.</summary>
    public int ProcessOf(string part) => _running[part].Id;

    /// <summary>Waits until a part dies by itself.</summary>
    public async Task WaitForDeath(string part)
    {
        await _running[part].Dies();
        Forget(part);
    }

    /// <summary>Starts all that do not run, in the order of their dependencies.</summary>
    public async Task StartAll()
    {
        var healthy = _services.Values.SelectMany(service => service.DependsOn).Where(name => !_services.ContainsKey(name))
            .Concat(_running.Keys).ToHashSet();
        while (_services.Keys.Except(healthy).ToList() is { Count: > 0 } waiting)
        {
            var next = waiting.Where(name => healthy.IsSupersetOf(_services[name].DependsOn)).ToList();
            if (next.Count == 0) throw new InvalidOperationException($"These wait for each other: {string.Join(", ", waiting)}");
            await Task.WhenAll(next.Select(name => (Name: name, Process: Launch(name))).ToList()
                .Select(started => started.Process.BecomesHealthy(_addresses[started.Name])));
            healthy.UnionWith(next);
        }
    }

    /// <inheritdoc/>
    public override async Task StopAll()
    {
        // The gateway first: nobody is sent to a service that is gone.
        foreach (var name in _running.Keys.OrderByDescending(name => name == GatewayName).ToList())
        {
            await _running[name].Terminate();
            Forget(name);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_running.Values.Select(process => process.Kill()));
        foreach (var name in _running.Keys.ToList()) Forget(name);
        await Broker.DisposeAsync();
        await Postgres.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>The variables that deploy/secrets makes, each a secret of its own.</summary>
    static async Task<Dictionary<string, string>> MakeSecrets()
    {
        var script = await File.ReadAllTextAsync(Path.Combine(BuiltProgram.SolutionFolder, "deploy", "secrets"));
        return SecretName().Matches(script).ToDictionary(
            name => name.Groups[1].Value, _ => Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
    }

    ServerProcess Launch(string name, TimeSpan? commandTimeout = null)
    {
        var service = _services[name];
        var environment = service.Environment.ToDictionary(pair => pair.Key, pair => Localize(pair.Value));
        environment["ASPNETCORE_URLS"] = _addresses[name].ToString();
        foreach (var (variable, value) in _environment) environment[variable] = value;
        if (commandTimeout is { } time)
        {
            var database = "ConnectionStrings__" + name.Replace("-", "", StringComparison.Ordinal);
            environment[database] = new NpgsqlConnectionStringBuilder(environment[database])
            {
                CommandTimeout = (int)time.TotalSeconds
            }.ConnectionString;
        }
        return _running[name] = ServerProcess.Start(service.Project, [], environment, Folder, LogOf(name));
    }

    void Forget(string part)
    {
        _running.Remove(part, out var process);
        process?.Dispose();
    }

    // The host names of Compose's network become the addresses that they have here.
    string Localize(string value)
    {
        var postgres = new NpgsqlConnectionStringBuilder(Postgres.AdminConnectionString);
        value = value.Replace("Host=postgres;", $"Host={postgres.Host};Port={postgres.Port};", StringComparison.Ordinal);
        value = BrokerAddress().Replace(value, Broker.Uri.ToString());
        return ServiceAddress().Replace(value, match => _addresses.TryGetValue(match.Groups[1].Value, out var address)
            ? address.ToString().TrimEnd('/') : match.Value);
    }

    [GeneratedRegex("^(MES_[A-Z]+_PASSWORD)=", RegexOptions.Multiline)]
    private static partial Regex SecretName();

    [GeneratedRegex("^amqp://[^@]+@rabbitmq:5672/")]
    private static partial Regex BrokerAddress();

    [GeneratedRegex("^http://([a-z-]+):8080")]
    private static partial Regex ServiceAddress();
}
