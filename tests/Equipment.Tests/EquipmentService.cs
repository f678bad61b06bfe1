using System.Collections.Frozen;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mes.Contracts;
using Mes.Equipment.Data;
using Mes.Equipment.Features.Floor;
using Mes.Equipment.Features.MasterData;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Equipment.Tests;

/// <summary>The service as it runs in an installation, on a database of its own and a free port.</summary>
public sealed class EquipmentService : IAsyncLifetime
{
    const string CountQueue = "equipment-count-production";
    static readonly string Key = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    WebApplication? _app;
    TestDatabase? _database;

    public HttpClient Http { get; } = new(PatientHttp.Handler());

    public IServiceProvider Services => _app!.Services;

    /// <summary>Looks behind the scenes, as the owner of the tables.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("equipment");
        Database = NpgsqlDataSource.Create(_database.OwnerConnectionString);
        await Start();
    }

    public async Task Start()
    {
        var builder = MesService.CreateBuilder("equipment",
        [
            "--urls=http://127.0.0.1:0", $"--ConnectionStrings:equipment={_database!.AppConnectionString}",
            $"--ConnectionStrings:equipment-owner={_database.OwnerConnectionString}", $"--{TicketKeys.Setting}={Key}",
        ]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddEquipment();
        _app = builder.BuildMes();
        _app.MapEquipment();
        await _app.MigrateAll();
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public Uri Address { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (Database is not null)
            await Database.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    /// <summary>A request with a fresh ticket.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path, Guid? id = null, params string[] permissions) =>
        RequestOf(new Caller("tester", "Tester", ActorKind.User, null,
            permissions.Length > 0 ? permissions.ToFrozenSet() : Permissions.All), method, path, id);

    public HttpRequestMessage RequestOf(Caller caller, HttpMethod method, string path, Guid? id = null)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, $"/api/equipment{path}"));
        // A body that is refused unread is not sent at all: half sent, the answer would be lost with the connection.
        request.Headers.ExpectContinue = true;
        request.Headers.Add(Ticket.Header, new TicketIssuer(TicketKeys.Parse(Key), TimeProvider.System).Issue(caller));
        if (method != HttpMethod.Get)
            request.Headers.Add("Idempotency-Key", (id ?? Guid.NewGuid()).ToString());
        return request;
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null, Guid? id = null)
    {
        using var request = Request(method, path, id);
        if (body is not null)
            request.Content = body is string json
                ? new StringContent(json, System.Text.Encoding.UTF8, "application/json")
                : JsonContent.Create(body);
        return await Http.SendAsync(request);
    }

    /// <summary>Changes something and returns the answer.</summary>
    public async Task<JsonNode> Do(HttpMethod method, string path, object body, Guid? id = null)
    {
        using var response = await Send(method, path, body, id);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject();
    }

    public Task<JsonNode> Put(string path, object body) => Do(HttpMethod.Put, path, body);

    public Task<JsonNode> Post(string path, object body, Guid? id = null) => Do(HttpMethod.Post, path, body, id);

    public async Task<JsonNode> Get(string path)
    {
        using var response = await Send(HttpMethod.Get, path);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"GET {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public Task DefineUnit(string code, string? calendar = null) =>
        Put($"/units/{code}", new { name = code, workCenter = "WC", kind = "Production", calendar });

    /// <summary>What a unit has done in the week of the tests.</summary>
    public async Task<JsonNode> SummaryOf(string equipment) =>
        (await Get("/summary?from=2026-03-01T00:00:00Z&to=2026-03-08T00:00:00Z&size=1000"))["items"]!.AsArray()
            .Single(row => (string)row!["equipment"]! == equipment)!;

    /// <summary>Hands facts to the consumer through outbox, dispatcher and inbox; each under the message id given.</summary>
    public async Task Publish(IEnumerable<(Guid MessageId, ProductionReported Fact)> messages)
    {
        foreach (var batch in messages.Chunk(500))
        {
            await using var scope = Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<EquipmentDb>();
            db.AddRange(batch.Select(message => new OutboxMessage
            {
                MessageId = message.MessageId, Type = nameof(ProductionReported), Queue = CountQueue,
                Body = JsonSerializer.Serialize(message.Fact, MessageJson.Options),
            }));
            await db.SaveChangesAsync();
        }
    }

    /// <summary>Publishes each fact once and waits until it is applied.</summary>
    public async Task Apply(params ProductionReported[] facts)
    {
        await Publish(facts.Select(fact => (Guid.NewGuid(), fact)));
        await Drained();
    }

    /// <summary>Hands what goes on with work to its consumer, now.</summary>
    public async Task Deliver(WorkChanged work)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<EquipmentDb>();
        await db.InTransaction(scope.ServiceProvider.GetRequiredService<OutboxSignal<EquipmentDb>>(), async () =>
        {
            await ActivatorUtilities.CreateInstance<OnWorkChanged>(scope.ServiceProvider)
                .Consume(work, TestContext.Current.CancellationToken);
            return 0;
        }, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until everything sent to the consumer was applied.</summary>
    public Task Drained(int boundSeconds = 60) => Poll.Until(
        async () => await Count($"SELECT count(*) FROM outbox WHERE queue = '{CountQueue}'") == 0,
        TimeSpan.FromSeconds(boundSeconds), "the facts are applied");

    public async Task Execute(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> Count(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The contracts of one type that the service has published, in order.</summary>
    public async Task<IReadOnlyList<T>> Published<T>()
    {
        await using var command = Database.CreateCommand("SELECT body FROM outbox WHERE type = $1 ORDER BY id");
        command.Parameters.Add(new NpgsqlParameter { Value = typeof(T).Name });
        await using var reader = await command.ExecuteReaderAsync();
        var bodies = new List<T>();
        while (await reader.ReadAsync())
            bodies.Add(JsonSerializer.Deserialize<T>(reader.GetString(0), MessageJson.Options)!);
        return bodies;
    }
}
