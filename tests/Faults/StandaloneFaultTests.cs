using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Xunit;

namespace Mes.Faults.Tests;

/// <summary>
/// One standalone installation that all its scenarios share: what one leaves behind is under the next one's audit too.
/// </summary>
public sealed class StandaloneInstallation : IAsyncLifetime
{
    public StandaloneProcess Edition { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Edition = await StandaloneProcess.Install();

    public ValueTask DisposeAsync() => Edition?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The standalone edition under load and faults: nothing acknowledged is lost, nothing is applied twice.</summary>
public sealed class StandaloneFaultTests(StandaloneInstallation installation, ITestOutputHelper output)
    : IClassFixture<StandaloneInstallation>
{
    readonly StandaloneProcess _edition = installation.Edition;

    public static TheoryData<int> AnySeed => [.. Seeds.All];

    public static TheoryData<string, int> PointAndSeed
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var seed in Seeds.All)
            {
                foreach (var point in new[]
                         {
                             "before-commit", "after-commit", "after-consume-before-ack", "after-confirm-before-delete"
                         })
                {
                    data.Add(point, seed);
                }
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(AnySeed))]
    public async Task Repeated_commands_without_a_fault(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "Q", seed, output);
        await scenario.LoadFor(600);
        await scenario.MustBeSound();
    }

    [Theory, MemberData(nameof(AnySeed))]
    public async Task Messages_delivered_often_and_out_of_order(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "D", seed, output);
        var duplicator = new Duplicator(_edition, seed);
        await duplicator.Begin();
        await scenario.LoadFor(400);
        var messages = await duplicator.End();
        output.WriteLine($"{messages} messages sent again");
        await scenario.MustBeSound();
    }

    [Theory, MemberData(nameof(AnySeed))]
    public async Task Killed_at_random(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "K", seed, output);
        await scenario.LoadWhile(async () =>
        {
            await scenario.Commands(scenario.Random.Next(50, 300));
            await _edition.Kill();
            await _edition.Start();
            await scenario.Commands(50);
        });
        await scenario.MustBeSound();
    }

    [Theory, MemberData(nameof(PointAndSeed))]
    public async Task Killed_at_a_point(string point, int seed)
    {
        var scenario = await Scenario.Begin(_edition, "P", seed, output);
        await scenario.LoadWhile(async () =>
        {
            _edition.KillAt(scenario.PointOf(point));
            await _edition.WaitForDeath();
            await _edition.Start();
            await scenario.Commands(50);
        });
        await scenario.MustBeSound();
    }

    [Theory, MemberData(nameof(AnySeed))]
    public async Task Its_database_server_killed(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "G", seed, output);
        await scenario.LoadWhile(async () =>
        {
            await scenario.Commands(scenario.Random.Next(50, 300));
            _edition.KillPostgres();
            await _edition.WaitUntilReady();
            await scenario.Commands(50);
        });
        await scenario.MustBeSound();
    }

    [Theory, MemberData(nameof(AnySeed))]
    public async Task Killed_with_a_backlog_of_thousands_with_a_poison_and_a_timeout_among_them(int seed)
    {
        var scenario = await Scenario.Begin(_edition, "L", seed, output);
        await BacklogScenario.Run(_edition, scenario, async () =>
        {
            await _edition.Kill();
            await _edition.Start();
        }, endsTheSlow: true, output.WriteLine);
        await scenario.MustBeSound();
    }
}
