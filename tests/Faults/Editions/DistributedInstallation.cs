using System.Diagnostics;
using Mes.Faults.Tests.Load;
using Mes.Tests.Editions;

namespace Mes.Faults.Tests.Editions;

/// <summary>The distributed edition: the gateway and each service a process of its own, on RabbitMQ and PostgreSQL.</summary>
public sealed class DistributedInstallation : Edition
{
    readonly DistributedEdition _edition;
    readonly KillSwitch _switch;

    DistributedInstallation(DistributedEdition edition, KillSwitch killSwitch) => (_edition, _switch) = (edition, killSwitch);

    public override Uri Gateway => _edition.Gateway;

    /// <summary>The gateway and the services, by name.</summary>
    public IReadOnlyList<string> Parts => _edition.Parts;

    protected override string AdminConnectionString => _edition.Postgres.AdminConnectionString;

    /// <summary>Starts a new installation. Skips the test where RabbitMQ is missing.</summary>
    public static async Task<DistributedInstallation> Install()
    {
        var killSwitch = NewKillSwitch();
        var edition = await DistributedEdition.Start(environment: killSwitch.Environment);
        return new DistributedInstallation(edition, killSwitch)
        {
            Api = new MesApi(edition.Gateway, await edition.ApiKey())
        };
    }

    public override Task<long> CountInBroker() => _edition.Broker.CountMessagesAsync();

    /// <summary>Kills a process (-9).</summary>
    public Task Kill(string part) => _edition.Kill(part);

    /// <summary>Starts a killed process again.</summary>
    public Task Restart(string part) => _edition.Restart(part);

    /// <summary>Starts a killed process again and does not wait until it is healthy: without a broker it is not.</summary>
    public void StartWithoutWaiting(string part) => _edition.StartWithoutWaiting(part);

    /// <summary>Waits until every process is healthy, which it is only while it consumes what it should.</summary>
    public Task WaitUntilConsuming() => _edition.BecomesHealthy();

    /// <summary>Starts a killed process again, which waits no longer than so for an answer of its database.</summary>
    public Task Restart(string part, TimeSpan commandTimeout) => _edition.Restart(part, commandTimeout);

    /// <summary>Has a process kill itself at a point.</summary>
    public void KillAt(string part, KillPoint point) => _switch.Set(_edition.ProcessOf(part), point);

    /// <summary>Waits until a process has been killed from within.</summary>
    public Task WaitForDeath(string part) => _edition.WaitForDeath(part);

    /// <summary>Kills the broker (-9) with all it holds in memory.</summary>
    public Task KillBroker() => _edition.Broker.KillAsync();

    /// <summary>Starts the broker on the data it has.</summary>
    public Task StartBroker() => _edition.Broker.StartAgainAsync();

    /// <summary>Kills PostgreSQL's main process (-9); whoever runs it starts it again.</summary>
    public void KillPostgres()
    {
        using var server = Process.GetProcessById(_edition.Postgres.ProcessId);
        server.Kill();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _edition.DisposeAsync();
        _switch.Dispose();
    }
}
