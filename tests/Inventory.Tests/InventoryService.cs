using System.Collections.Frozen;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mes.Contracts;
using Mes.Inventory.Data;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Inventory.Tests;

/// <summary>The service as it runs in an installation, on a database of its own and a free port.</summary>
public sealed class InventoryService : IAsyncLifetime
{
    static readonly string Key = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    WebApplication? _app;
    TestDatabase? _database;

    public HttpClient Http { get; } = new(PatientHttp.Handler());

    public IServiceProvider Services => _app!.Services;

    public Uri Address { get; private set; } = null!;

    /// <summary>Looks behind the scenes, as the owner of the tables.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("inventory");
        Database = NpgsqlDataSource.Create(_database.OwnerConnectionString);
        var builder = MesService.CreateBuilder("inventory",
        [
            "--urls=http://127.0.0.1:0", $"--ConnectionStrings:inventory={_database.AppConnectionString}",
            $"--ConnectionStrings:inventory-owner={_database.OwnerConnectionString}", $"--{TicketKeys.Setting}={Key}",
        ]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddInventory();
        _app = builder.BuildMes();
        _app.MapInventory();
        await _app.MigrateAll();
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        if (Database is not null) await Database.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    /// <summary>A request with a fresh ticket.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path, Guid? id = null, params string[] permissions)
    {
        var may = permissions.Length > 0 ? permissions.ToFrozenSet() : Permissions.All;
        var caller = new Caller("tester", "Tester", ActorKind.User, null, may);
        var request = new HttpRequestMessage(method, new Uri(Address, $"/api/inventory{path}"));
        // A body that is refused unread is not sent at all: half sent, the answer would be lost with the connection.
        request.Headers.ExpectContinue = true;
        request.Headers.Add(Ticket.Header, new TicketIssuer(TicketKeys.Parse(Key), TimeProvider.System).Issue(caller));
        if (method != HttpMethod.Get) request.Headers.Add("Idempotency-Key", (id ?? Guid.NewGuid()).ToString());
        return request;
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null, Guid? id = null)
    {
        using var request = Request(method, path, id);
        if (body is not null)
        {
            request.Content = body is string json
                ? new StringContent(json, System.Text.Encoding.UTF8, "application/json")
                : JsonContent.Create(body);
        }
        return await Http.SendAsync(request);
    }

    /// <summary>Changes something and returns the answer.</summary>
    public async Task<JsonNode> Do(HttpMethod method, string path, object? body, Guid? id = null)
    {
        using var response = await Send(method, path, body, id);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject();
    }

    public Task<JsonNode> Put(string path, object body) => Do(HttpMethod.Put, path, body);

    public Task<JsonNode> Post(string path, object body, Guid? id = null) => Do(HttpMethod.Post, path, body, id);

    public Task<JsonNode> Get(string path) => Do(HttpMethod.Get, path, null);

    /// <summary>Sends a command that must be refused with this code.</summary>
    public async Task<JsonNode> Refused(int status, string code, string path, object body)
    {
        using var response = await Send(HttpMethod.Post, path, body);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((int)response.StatusCode, (string?)problem["code"]).ShouldBe((status, code), problem.ToJsonString());
        return problem;
    }

    /// <summary>A material of this test alone, in pieces.</summary>
    public async Task<string> NewMaterial(string prefix = "M", bool isTrackedByLot = true)
    {
        var code = $"{prefix}-{Guid.NewGuid():n}"[..14];
        await Put($"/materials/{code}", new { name = code, unit = "pcs", isTrackedByLot });
        return code;
    }

    /// <summary>Receives a lot from a supplier.</summary>
    public Task<JsonNode> Receive(
        string material, string lot, decimal quantity, string location = "STORE", DateTimeOffset? expiresAt = null,
        DateTimeOffset? occurredAt = null) =>
        Post("/receipts", new { material, quantity, unit = "pcs", location, lot, expiresAt, occurredAt });

    /// <summary>What is on hand of a material, or of one lot, over all real locations.</summary>
    public async Task<decimal> OnHand(string material, string? lot = null) =>
        (await Get($"/stock?material={material}" + (lot is null ? "" : $"&lot={lot}")))["items"]!.AsArray()
            .Sum(item => (decimal)item!["onHand"]!);

    /// <summary>Open discrepancies of a material: kind and quantity.</summary>
    public async Task<List<(string Kind, decimal Quantity)>> OpenDiscrepancies(string material) =>
        [.. (await Get($"/discrepancies?status=Open&material={material}"))["items"]!.AsArray()
            .Select(item => ((string)item!["kind"]!, (decimal)item["quantity"]!)).Order()];

    /// <summary>The ledger's sums by material, lot and location, as text.</summary>
    public Task<string> LedgerSums(string material) => Scalar<string>(
        $"""
        SELECT coalesce(string_agg(concat_ws(' ', lot, location, quantity), E'\n' ORDER BY lot, location), '') FROM (
            SELECT lot, location, sum(quantity) AS quantity FROM ledger_entry WHERE material = '{material}'
            GROUP BY lot, location HAVING sum(quantity) <> 0) sums
        """);

    /// <summary>
    /// Hands messages to a consumer through outbox, dispatcher and inbox; each under the message id given.
    /// </summary>
    public async Task Publish<T>(string queue, IEnumerable<(Guid MessageId, T Message)> messages) where T : class
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InventoryDb>();
        db.AddRange(messages.Select(message => new OutboxMessage
        {
            MessageId = message.MessageId, Type = typeof(T).Name, Queue = queue,
            Body = JsonSerializer.Serialize(message.Message, MessageJson.Options),
        }));
        await db.SaveChangesAsync();
    }

    /// <summary>
    /// Publishes messages, one after the other where <paramref name="inTurn"/>, and waits until all are applied.
    /// </summary>
    public async Task Apply<T>(string queue, IEnumerable<T> messages, bool inTurn = false) where T : class
    {
        foreach (var batch in messages.Chunk(inTurn ? 1 : 500))
        {
            await Publish(queue, batch.Select(message => (Guid.NewGuid(), message)));
            await Drained();
        }
    }

    public Task Report(params ProductionReported[] facts) => Apply("inventory-post-production", facts, inTurn: true);

    public Task Change(params WorkOrderChanged[] orders) => Apply("inventory-reserve-materials", orders, inTurn: true);

    public Task Hold(params QualityHoldChanged[] holds) => Apply("inventory-heed-hold", holds, inTurn: true);

    /// <summary>Waits until everything sent to this service's consumers was applied.</summary>
    public Task Drained(int boundSeconds = 60) => Poll.Until(
        async () => await Scalar<long>(
            """
            SELECT count(*) FROM outbox
            WHERE queue LIKE 'inventory-%' OR type IN ('StockBecameAvailable', 'ConsumptionDue')
            """) == 0,
        TimeSpan.FromSeconds(boundSeconds), "the messages are applied");

    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The contracts of one type that the service has published, in order.</summary>
    public async Task<List<T>> Published<T>()
    {
        await using var command = Database.CreateCommand("SELECT body FROM outbox WHERE type = $1 ORDER BY id");
        command.Parameters.Add(new NpgsqlParameter { Value = typeof(T).Name });
        await using var reader = await command.ExecuteReaderAsync();
        var bodies = new List<T>();
        while (await reader.ReadAsync())
        {
            bodies.Add(JsonSerializer.Deserialize<T>(reader.GetString(0), MessageJson.Options)!);
        }
        return bodies;
    }

    /// <summary>
    /// The invariants of the books: debits equal credits, ledger and reservations equal stock, nothing negative.
    /// </summary>
    public async Task BooksMustBalance()
    {
        var verdict = await Get("/ledger/verdict");
        ((bool)verdict["isBalanced"]!).ShouldBeTrue(verdict.ToJsonString());
        (await Scalar<long>("SELECT count(*) FROM parked_message WHERE queue <> 'outbox'")).ShouldBe(0);
        (await Scalar<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0);
    }
}
