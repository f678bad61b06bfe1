using Mes.Contracts;
using Mes.Messaging;
using Mes.Persistence;
using Mes.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mes.Messaging.Tests;

/// <summary>A service's database with one table that shows what was applied.</summary>
public sealed class NodeDb(DbContextOptions<NodeDb> options) : MesDbContext(options);

/// <summary>Decides what a consumer does with a message, for as long as a test wants.</summary>
public sealed class Behaviour
{
    public Func<ProductChanged, CancellationToken, Task> OnMessage { get; set; } = (_, _) => Task.CompletedTask;
}

/// <summary>Counts applications of a message in the database: a second application of the same message shows as 2.</summary>
public sealed class CountProducts(NodeDb db, Behaviour behaviour) : IConsume<ProductChanged>
{
    public async Task Consume(ProductChanged message, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO applied VALUES ({message.Code}, 1) ON CONFLICT (code) DO UPDATE SET times = applied.times + 1", ct);
        await behaviour.OnMessage(message, ct);
    }
}

/// <summary>The same, of what waits at once.</summary>
public sealed class CountProductsByBatch(CountProducts one) : IConsumeBatch<ProductChanged>
{
    public async Task Consume(IReadOnlyList<ProductChanged> messages, CancellationToken ct)
    {
        foreach (var message in messages)
        {
            await one.Consume(message, ct);
        }
    }
}

/// <summary>One process of a service: database, outbox and, where it is a consumer, the consumer.</summary>
sealed class Node : IAsyncDisposable
{
    public const string Queue = "inventory-define-material";

    readonly IHost _host;
    readonly NpgsqlDataSource _owner;

    Node(IHost host, TestDatabase database)
    {
        (_host, Database) = (host, database);
        _owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
    }

    public TestDatabase Database { get; }

    public Behaviour Behaviour => _host.Services.GetRequiredService<Behaviour>();

    public IServiceProvider Services => _host.Services;

    public static async Task<TestDatabase> CreateDatabase()
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("inventory");
        await using var owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var command = owner.CreateCommand(
            MesSchema.Sql + MesSchema.AuditHead
            + "CREATE TABLE applied (code text PRIMARY KEY, times int NOT NULL);" + MesSchema.Grants());
        await command.ExecuteNonQueryAsync();
        return database;
    }

    public static async Task<Node> Start(
        TestDatabase database, Uri? broker, bool consumes = true, Action<IServiceCollection>? more = null, bool byBatch = false)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:inventory"] = database.AppConnectionString,
            ["ConnectionStrings:inventory-owner"] = database.OwnerConnectionString,
            ["Messaging:Broker"] = broker?.ToString()
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Behaviour>();
        builder.Services.AddServiceDatabase<NodeDb>("inventory", builder.Configuration);
        builder.Services.AddScoped<CountProducts>();
        builder.Services.AddMessaging<NodeDb>(consumers => _ = (consumes, byBatch) switch
        {
            (false, _) => consumers,
            (true, false) => consumers.Add<CountProducts, ProductChanged>(Queue),
            (true, true) => consumers.AddBatch<CountProductsByBatch, ProductChanged>(Queue)
        });
        builder.Services.AddBus(builder.Configuration);
        more?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new Node(host, database);
    }

    public Task Publish(params string[] codes) => Publish(() => { }, codes);

    public Task Publish(Action beforeCommit, params string[] codes) => InTransaction(db =>
    {
        foreach (var code in codes)
        {
            db.Outbox.Add(new ProductChanged(code, 1, code, "pcs"));
        }
        beforeCommit();
        return Task.CompletedTask;
    });

    public async Task InTransaction(Func<NodeDb, Task> work)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NodeDb>();
        await db.InTransaction(Services.GetRequiredService<OutboxSignal<NodeDb>>(), async () =>
        {
            await work(db);
            return 0;
        }, default);
    }

    public async Task<T> Query<T>(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task Execute(string sql) => Query<long>($"WITH done AS ({sql} RETURNING 1) SELECT count(*) FROM done");

    public Task<long> Applied(string code) =>
        Query<long>($"SELECT coalesce(sum(times), 0)::bigint FROM applied WHERE code = '{code}'");

    public Task Drained() =>
        Poll.Until(async () => await Query<long>("SELECT count(*) FROM outbox") == 0, Bound, "the outbox drains");

    public async Task<HealthReport> Health() => await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public async Task Stop()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _owner.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await Stop();
}
