using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Mes.Contracts;
using Mes.Messaging;
using Mes.Persistence;
using Mes.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mes.Benchmarks;

/// <summary>A database with messaging's tables alone.</summary>
public sealed class BenchmarkDb(DbContextOptions<BenchmarkDb> options) : MesDbContext(options);

/// <summary>Notes the messages that a transaction applies when it has committed.</summary>
sealed class Commits(Func<Landing> landing) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    readonly ConcurrentDictionary<DbConnection, List<int>> _applying = new();

    public void Expect(DbConnection connection, int number) => _applying.GetOrAdd(connection, _ => []).Add(number);

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Mes.Messaging") value.Subscribe(this, point => point == "after-commit");
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is DbConnection connection && _applying.TryRemove(connection, out var numbers))
        {
            numbers.ForEach(landing().Mark);
        }
    }

    public void OnCompleted()
    {
        // nothing is held
    }

    public void OnError(Exception error)
    {
        // nothing is held
    }
}

/// <summary>Changes nothing of its own: what is measured is the delivery, with its inbox row.</summary>
sealed class Arrive(BenchmarkDb db, Commits commits) : IConsume<ProductChanged>
{
    public Task Consume(ProductChanged message, CancellationToken ct)
    {
        commits.Expect(db.Database.GetDbConnection(), int.Parse(message.Code, CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}

/// <summary>The product's outbox, dispatcher, bus and inbox in a host of their own.</summary>
sealed class ProductOutbox : OutboxSide
{
    const string Queue = "inventory-define-material";
    readonly IHost _host;
    readonly IDisposable _listening;

    ProductOutbox(TestDatabase database, Uri? broker) : base(database)
    {
        var commits = new Commits(() => Landing);
        _listening = DiagnosticListener.AllListeners.Subscribe(commits);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:inventory"] = database.AppConnectionString,
            ["ConnectionStrings:inventory-owner"] = database.OwnerConnectionString,
            ["Messaging:Broker"] = broker?.ToString()
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(commits);
        builder.Services.AddServiceDatabase<BenchmarkDb>("inventory", builder.Configuration);
        builder.Services.AddMessaging<BenchmarkDb>(consumers => consumers.Add<Arrive, ProductChanged>(Queue));
        builder.Services.AddBus(builder.Configuration);
        _host = builder.Build();
    }

    /// <param name="broker">RabbitMQ's address; null for the edition in one process.</param>
    public static async Task<ProductOutbox> Start(Uri? broker)
    {
        var side = new ProductOutbox(await CreateDatabase(), broker);
        await side._host.StartAsync();
        return side;
    }

    protected override void Wake() => _host.Services.GetRequiredService<OutboxSignal<BenchmarkDb>>().Set();

    public override async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _listening.Dispose();
        await base.DisposeAsync();
    }
}
