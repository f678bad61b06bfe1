using System.Diagnostics;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Mes.Tests.Support;
using Shouldly;
using Xunit;

namespace Mes.Faults.Tests;

/// <summary>One distributed installation that all its scenarios share.</summary>
public sealed class DistributedFixture : IAsyncLifetime
{
    public DistributedInstallation Edition { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Edition = await DistributedInstallation.Install();

    public ValueTask DisposeAsync() => Edition?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The distributed edition under load and faults of each of its processes, the broker and the database.</summary>
public sealed class DistributedFaultTests(DistributedFixture fixture, ITestOutputHelper output)
    : IClassFixture<DistributedFixture>
{
    readonly DistributedInstallation _edition = fixture.Edition;

    public static TheoryData<int> AnySeed => [.. Seeds.All];

    public static TheoryData<string, string, int> PointAndSeed
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var seed in Seeds.All)
            {
                data.Add("work-orders", "after-commit", seed);
                data.Add("work-orders", "after-publish-before-confirm", seed);
                data.Add("work-orders", "after-confirm-before-delete", seed);
                data.Add("inventory", "after-consume-before-ack", seed);
                data.Add("equipment", "before-commit", seed);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(AnySeed))]
    public async Task Every_process_killed_at_random(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "R", seed, output);
        var parts = _edition.Parts.ToArray();
        scenario.Random.Shuffle(parts);
        await scenario.LoadWhile(async () =>
        {
            foreach (var part in parts)
            {
                output.WriteLine($"kills {part}");
                await scenario.Commands(scenario.Random.Next(10, 80));
                await _edition.Kill(part);
                _edition.StartWithoutWaiting(part);     // the next may die while this one starts
            }
            await _edition.WaitUntilReady();
            await scenario.Commands(50);
        });
        await scenario.MustBeSound();
    }

    [Theory, MemberData(nameof(PointAndSeed))]
    public async Task A_process_killed_at_a_point(string part, string point, int seed)
    {
        var scenario = await Scenario.Begin(_edition, "P", seed, output);
        await scenario.LoadWhile(async () =>
        {
            _edition.KillAt(part, scenario.PointOf(point));
            await _edition.WaitForDeath(part);
            await _edition.Restart(part);
            await _edition.WaitUntilReady();
            await scenario.Commands(50);
        });
        await scenario.MustBeSound();
    }

    /// <summary>While the broker is away, everything is accepted; it is delivered when it is back.</summary>
    [Theory, MemberData(nameof(AnySeed))]
    public async Task Broker_killed_and_back_after_writes_were_accepted(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "B", seed, output);
        await scenario.LoadWhile(async () =>
        {
            await scenario.Commands(scenario.Random.Next(20, 150));
            await _edition.KillBroker();
            var before = scenario.Acknowledged;
            await Poll.Until(() => scenario.Acknowledged >= before + 100, TimeSpan.FromMinutes(1), "writes are accepted");
            await _edition.StartBroker();
            await scenario.Commands(50);
            await MustConsumeAgain();
        });
        scenario.Auditor.Ledger.Open.ShouldBeEmpty("no request waits for the broker");
        await scenario.MustBeSound();
    }

    /// <summary>A service that starts while the broker is away accepts writes at once, and consumes when it is back.</summary>
    [Theory, MemberData(nameof(AnySeed))]
    public async Task Processes_started_while_the_broker_is_away(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "A", seed, output);
        await scenario.LoadWhile(async () =>
        {
            await _edition.KillBroker();
            await _edition.Kill("work-orders");
            await _edition.Kill("inventory");
            _edition.StartWithoutWaiting("work-orders");
            _edition.StartWithoutWaiting("inventory");
            await _edition.WaitUntilReady();
            await scenario.Commands(scenario.Random.Next(50, 150));
            await _edition.StartBroker();
            await MustConsumeAgain();
        });
        await scenario.MustBeSound();
    }

    /// <summary>The bar is 30 s, on a machine that has nothing else to do.</summary>
    async Task MustConsumeAgain()
    {
        var back = Stopwatch.StartNew();
        await _edition.WaitUntilConsuming();
        output.WriteLine($"all consume again {back.Elapsed.TotalSeconds:0.0} s after the broker is back");
    }

    [Theory, MemberData(nameof(AnySeed))]
    public async Task Database_server_killed(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "G", seed, output);
        await scenario.LoadWhile(async () =>
        {
            await scenario.Commands(scenario.Random.Next(20, 150));
            _edition.KillPostgres();
            await _edition.WaitUntilReady();
            await scenario.Commands(50);
        });
        await scenario.MustBeSound();
    }

    [Theory, MemberData(nameof(AnySeed))]
    public async Task Messages_delivered_often_and_out_of_order(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "D", seed, output);
        var duplicator = new Duplicator(_edition, seed);
        await duplicator.Begin();
        await scenario.LoadFor(300);
        output.WriteLine($"{await duplicator.End()} messages sent again");
        await scenario.MustBeSound();
    }

    [Theory, MemberData(nameof(AnySeed))]
    public async Task Killed_with_a_backlog_of_thousands_with_a_poison_and_a_timeout_among_them(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "L", seed, output);
        await BacklogScenario.Run(_edition, scenario, async () =>
        {
            await _edition.Kill("inventory");
            await _edition.Restart("inventory", commandTimeout: TimeSpan.FromSeconds(8));
        }, endsTheSlow: false, output.WriteLine);
        await _edition.Kill("inventory");
        await _edition.Restart("inventory");        // as patient as before
        await scenario.MustBeSound();
    }
}
