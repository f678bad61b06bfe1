using System.Collections.Frozen;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Tests.Support;

/// <summary>One service with a real database, called over HTTP and fed through its own outbox, dispatcher and inbox.</summary>
public sealed class ServiceHost<TDb> : IAsyncDisposable where TDb : MesDbContext
{
    static readonly TimeSpan DeliveryBound = TimeSpan.FromMinutes(2);
    static readonly TimeSpan DeliveriesBound = TimeSpan.FromMinutes(5);
    static readonly SemaphoreSlim Migrating = new(1);
    static TestDatabase? _migrated;     // one for all tests of the process
    readonly TestDatabase _database;
    readonly bool _isShared;
    readonly WebApplication _app;
    readonly NpgsqlDataSource _owner;

    ServiceHost(TestDatabase database, bool isShared, WebApplication app)
    {
        (_database, _isShared, _app) = (database, isShared, app);
        _owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        Http = new HttpClient(new TicketHandler(() => TicketOf(Permissions.All))) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>A caller who may do everything.</summary>
    public HttpClient Http { get; }

    /// <summary>The service's container.</summary>
    public IServiceProvider Services => _app.Services;

#pragma warning disable CA1000 // a test names the database's type to say which service it starts
    /// <summary>Starts a service, on a database of its own or on one that others use, too.</summary>
    public static async Task<ServiceHost<TDb>> Start(
        string service, Action<WebApplicationBuilder> add, Action<WebApplication> map, TestDatabase? shared = null)
    {
        var name = service.Replace("-", "", StringComparison.Ordinal);
        var database = shared ?? await NewDatabase(service, name, add);
        var app = Build(service, name, add, database);
        map(app);
        app.Urls.Add("http://127.0.0.1:0");
        await app.MigrateAll();
        await app.StartAsync();
        return new ServiceHost<TDb>(database, shared is not null, app);
    }
#pragma warning restore CA1000

    /// <summary>A copy of a database that was brought up to date once, which all migrations take seconds for.</summary>
    static async Task<TestDatabase> NewDatabase(string service, string name, Action<WebApplicationBuilder> add)
    {
        var server = await PostgresServer.SharedAsync();
        await Migrating.WaitAsync();
        try
        {
            _migrated ??= await Migrate(service, name, add, await server.CreateDatabaseAsync(name));
        }
        finally
        {
            Migrating.Release();
        }
        return await server.CopyDatabaseAsync(name, _migrated);
    }

    static async Task<TestDatabase> Migrate(
        string service, string name, Action<WebApplicationBuilder> add, TestDatabase database)
    {
        await using (var app = Build(service, name, add, database))
        {
            await app.MigrateAll();
        }
        await database.Close();
        return database;
    }

    static WebApplication Build(string service, string name, Action<WebApplicationBuilder> add, TestDatabase database)
    {
        var builder = MesService.CreateBuilder(service, []);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{name}"] = database.AppConnectionString,
            [$"ConnectionStrings:{name}-owner"] = database.OwnerConnectionString,
            ["Mes:TicketKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        add(builder);
        return builder.BuildMes();
    }

    /// <summary>A new ticket of a caller who may do so much.</summary>
    public string TicketOf(FrozenSet<string> permissions) => TicketOf(
        new Caller("tester", "Tester", ActorKind.User, null, permissions));

    string TicketOf(Caller caller) => _app.Services.GetRequiredService<TicketIssuer>().Issue(caller);

    /// <summary>
    /// Sends a command under an id, a new one where none is given; in a role or as a caller, or as one who may do everything.
    /// </summary>
    public async Task<HttpResponseMessage> Send(
        string path, object? body, Guid? id = null, HttpMethod? method = null, string? role = null, Caller? caller = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body, options: MessageJson.Options)
        };
        request.Headers.Add("Idempotency-Key", (id ?? Guid.NewGuid()).ToString());
        if (role is not null)
        {
            request.Headers.Add(Ticket.Header, TicketOf(Roles.PermissionsOf[role]));
        }
        else if (caller is not null)
        {
            request.Headers.Add(Ticket.Header, TicketOf(caller));
        }
        return await Http.SendAsync(request);
    }

    /// <summary>Sends a command that must succeed and returns its answer.</summary>
    public async Task<JsonElement> Do(string path, object? body, Guid? id = null, HttpMethod? method = null)
    {
        using var answer = await Send(path, body, id, method);
        return await Read(answer, path);
    }

    /// <summary>Sends the definition of something to its collection; the first members of the body name it.</summary>
    public Task<HttpResponseMessage> SendDefinition(string collection, object body, Guid? id = null)
    {
        var (path, rest) = Definition.Of(collection, body, MessageJson.Options);
        return Send(path, rest, id, HttpMethod.Put);
    }

    /// <summary>The same, which must succeed, and its answer.</summary>
    public async Task<JsonElement> Define(string collection, object body, Guid? id = null)
    {
        using var answer = await SendDefinition(collection, body, id);
        return await Read(answer, collection);
    }

    static async Task<JsonElement> Read(HttpResponseMessage answer, string path)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text.Length == 0 ? default : JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    /// <summary>Reads.</summary>
    public async Task<JsonElement> Get(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Delivers a contract to one of the service's consumers and waits until it is applied.</summary>
    public Task Deliver(string queue, object contract, int times = 1)
    {
        var id = Guid.CreateVersion7();
        return Deliver([.. Enumerable.Range(0, times).Select(_ => Row(id, queue, contract))], DeliveryBound);
    }

    /// <summary>Delivers many contracts at once to one of the service's consumers and waits until all are applied.</summary>
    public Task DeliverAll(string queue, IReadOnlyList<object> contracts) =>
        Deliver([.. contracts.Select(contract => Row(Guid.CreateVersion7(), queue, contract))], DeliveriesBound);

    static OutboxMessage Row(Guid id, string queue, object contract) => new()
    {
        MessageId = id, Type = contract.GetType().Name, Queue = queue, Body = MessageJson.Write(contract)
    };

    async Task Deliver(IReadOnlyList<OutboxMessage> messages, TimeSpan bound)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        db.AddRange(messages);
        await db.SaveChangesAsync();
        _app.Services.GetRequiredService<OutboxSignal<TDb>>().Set();
        var ids = string.Join(',', messages.Select(message => $"'{message.MessageId}'"));
        await Poll.Until(async () => await Query<long>($"SELECT count(*) FROM outbox WHERE message_id IN ({ids})") == 0,
            bound, $"{messages.Count} × {messages[0].Type} are applied");
    }

    /// <summary>Looks behind the service, as the owner of its tables.</summary>
    public async Task<T> Query<T>(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Gives every request a ticket of its own: one lives two minutes, a test may wait for longer.</summary>
    sealed class TicketHandler(Func<string> ticket) : DelegatingHandler(PatientHttp.Handler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!request.Headers.Contains(Ticket.Header)) request.Headers.Add(Ticket.Header, ticket());
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _owner.DisposeAsync();
        if (!_isShared) await _database.DisposeAsync();
    }
}
