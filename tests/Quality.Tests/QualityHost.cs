using System.Collections.Frozen;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Quality.Data;
using Mes.Quality.Domain;
using Mes.Tests.Support;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mes.Quality.Tests;

/// <summary>The service with a real database, called over HTTP and fed through its own outbox, dispatcher and inbox.</summary>
public sealed class QualityHost : IAsyncLifetime
{
    static readonly TimeSpan DeliveryBound = TimeSpan.FromMinutes(2);

    TestDatabase _database = null!;
    WebApplication _app = null!;

    /// <summary>Client without credentials.</summary>
    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("quality");
        var builder = MesService.CreateBuilder("quality", []);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:quality"] = _database.AppConnectionString,
            ["ConnectionStrings:quality-owner"] = _database.OwnerConnectionString,
            ["Mes:TicketKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddQuality();
        _app = builder.BuildMes();
        _app.MapQuality();
        _app.Urls.Add("http://127.0.0.1:0");
        await _app.MigrateAll();
        await _app.StartAsync();
        Http = new HttpClient(PatientHttp.Handler()) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>A client that may do what the permissions say.</summary>
    public Client As(string name, params string[] permissions) => new(this, name, permissions);

    /// <summary>An operator, at a terminal that is bound to equipment, or at one that serves any.</summary>
    public Client OperatorAt(params string[]? equipment) =>
        new(this, "Operator", [.. Roles.PermissionsOf[Roles.Operator]], equipment);

    /// <summary>One who may do everything in Quality.</summary>
    public Client Inspector => As("Inspector", Permissions.ReadQuality, Permissions.ManageQuality, Permissions.Inspect,
        Permissions.Disposition, Permissions.ReadAudit, Permissions.ReplayMessages);

    /// <summary>Delivers messages to their consumer in this order, each at least once, and waits until all are applied.</summary>
    public async Task Deliver(params (Guid MessageId, object Contract)[] messages)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<QualityDb>();
        foreach (var (messageId, contract) in messages)
        {
            db.Add(new OutboxMessage
            {
                MessageId = messageId, Type = contract.GetType().Name, Queue = QueueOf(contract),
                Body = JsonSerializer.Serialize(contract, contract.GetType(), MessageJson.Options)
            });
        }
        await db.SaveChangesAsync();
        _app.Services.GetRequiredService<OutboxSignal<QualityDb>>().Set();
        var ids = messages.Select(message => message.MessageId).ToList();
        await Poll.Until(async () => !await Read(read => read.Set<OutboxMessage>().AnyAsync(row => ids.Contains(row.MessageId))),
            DeliveryBound, "the messages are applied");
        (await Read(read => read.ParkedMessages.CountAsync(row => row.Queue != ParkedMessage.Undelivered))).ShouldBe(0);
    }

    /// <summary>Delivers one after the other, waiting for each, so that the order is the given one.</summary>
    public async Task DeliverInOrder(params object[] contracts)
    {
        foreach (var contract in contracts)
        {
            await Deliver((Guid.CreateVersion7(), contract));
        }
    }

    /// <summary>The states of a hold that were published, in the order they go out.</summary>
    public async Task<List<QualityHoldChanged>> PublishedHolds(Guid orderId)
    {
        var rows = await Read(db => db.Set<OutboxMessage>().AsNoTracking()
            .Where(row => row.Type == nameof(QualityHoldChanged)).OrderBy(row => row.Id).ToListAsync());
        return [.. rows.Select(row => JsonSerializer.Deserialize<QualityHoldChanged>(row.Body, MessageJson.Options)!)
            .Where(hold => hold.OrderId == orderId)];
    }

    /// <summary>Reads the database behind the service.</summary>
    public async Task<T> Read<T>(Func<QualityDb, Task<T>> query)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<QualityDb>());
    }

    internal string TicketFor(string name, string[] permissions, string[]? equipment) =>
        _app.Services.GetRequiredService<TicketIssuer>().Issue(
            new Caller(name.ToLowerInvariant(), name, ActorKind.User, equipment is null ? null : "device",
                permissions.ToFrozenSet())
            {
                Equipment = equipment
            });

    static string QueueOf(object contract) => contract switch
    {
        ProductionReported => "quality-inspect-production",
        WorkOrderChanged => "quality-follow-order",
        _ => throw new ArgumentException($"Quality does not consume {contract.GetType()}.")
    };
}

/// <summary>A caller of the service.</summary>
public sealed class Client(QualityHost host, string name, string[] permissions, string[]? equipment = null)
{
    public async Task<T> Get<T>(string path)
    {
        using var response = await Send(HttpMethod.Get, path, null);
        return await Body<T>(response);
    }

    public async Task<T> Post<T>(string path, object? body = null)
    {
        using var response = await Send(HttpMethod.Post, path, body, Guid.NewGuid());
        return await Body<T>(response);
    }

    public async Task<T> Put<T>(string path, object body)
    {
        using var response = await Send(HttpMethod.Put, path, body, Guid.NewGuid());
        return await Body<T>(response);
    }

    /// <summary>Sends what must be refused; returns status and code.</summary>
    public async Task<Refusal> Refused(HttpMethod method, string path, object? body, Guid? commandId = null)
    {
        using var response = await Send(method, path, body, commandId ?? Guid.NewGuid());
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBeInRange(400, 499, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonDocument.Parse(text).RootElement;
        return new Refusal((int)response.StatusCode, problem.GetProperty("code").GetString()!,
            problem.GetProperty("hint").GetString()!, problem);
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body, Guid? commandId = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/quality{path}");
        // A body that is refused unread is not sent at all: half sent, the answer would be lost with the connection.
        request.Headers.ExpectContinue = true;
        request.Headers.Add(Ticket.Header, host.TicketFor(name, permissions, equipment));
        if (commandId is { } id)
        {
            request.Headers.Add("Idempotency-Key", id.ToString());
        }
        request.Content = body switch
        {
            null => null,
            string raw => new StringContent(raw, System.Text.Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body, body.GetType(), options: MessageJson.Options)
        };
        return await host.Http.SendAsync(request);
    }

    static async Task<T> Body<T>(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} {text}");
        return JsonSerializer.Deserialize<T>(text, MessageJson.Options)!;
    }
}

/// <summary>A refused request.</summary>
public sealed record Refusal(int Status, string Code, string Hint, JsonElement Problem);
