using System.Globalization;
using Mes.Faults.Tests.Audit;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Shouldly;
using Xunit;

namespace Mes.Faults.Tests;

/// <summary>One scenario: load on a plant of its own, something that happens meanwhile, and the audit after it.</summary>
public sealed class Scenario
{
    // What was killed must be able to start beside the load, as it can in a plant: at full load two cores leave no room.
    static readonly TimeSpan PaceBesideFault = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan SettleBound = TimeSpan.FromMinutes(3);
    readonly Edition _edition;
    readonly ITestOutputHelper _output;

    Scenario(Edition edition, Auditor auditor, int seed, ITestOutputHelper output)
    {
        (_edition, Auditor, Seed, _output) = (edition, auditor, seed, output);
        Load = new LoadGenerator(edition.Api, auditor.Plant, auditor.Ledger, seed);
        Random = new Random(seed);
    }

    public Auditor Auditor { get; }
    public LoadGenerator Load { get; }
    public int Seed { get; }

    /// <summary>Decides what happens when; by the seed.</summary>
    public Random Random { get; }

    /// <summary>Which reaching of a point is the last one, another one at each point: events in bundles reach few.</summary>
    public KillPoint PointOf(string name)
    {
        var point = new KillPoint(name, new Random(Seed + name.Sum(letter => letter)).Next(5, 40));
        _output.WriteLine($"dies at {point}");
        return point;
    }

    public static async Task<Scenario> Begin(Edition edition, string name, int seed, ITestOutputHelper output)
    {
        output.WriteLine($"{name}, seed {seed}");
        return new Scenario(edition, await Auditor.Begin(edition, name), seed, output);
    }

    /// <summary>Runs load while something happens, and stops it when that is over.</summary>
    public async Task LoadWhile(Func<Task> happening)
    {
        using var over = new CancellationTokenSource();
        var load = Load.Run(int.MaxValue, PaceBesideFault, over.Token);
        try
        {
            await happening();
        }
        finally
        {
            await over.CancelAsync();
            await load;
        }
    }

    /// <summary>Runs load until so many more commands were made.</summary>
    public Task LoadFor(int commands) => Load.Run(commands, TimeSpan.Zero, CancellationToken.None);

    /// <summary>How many commands were acknowledged so far.</summary>
    public int Acknowledged => Auditor.Ledger.All.Count(sent => sent.Acknowledged is not null);

    /// <summary>Waits until so many more commands were made.</summary>
    public Task Commands(int more)
    {
        var wanted = Load.Commands + more;
        return Mes.Tests.Support.Poll.Until(() => Load.Commands >= wanted, TimeSpan.FromMinutes(2), $"{more} commands are made");
    }

    /// <summary>After the fault: what got no answer is looked at, then sent again; then everything is compared.</summary>
    public async Task<IReadOnlyList<Finding>> Audit()
    {
        var open = Auditor.Ledger.Open.Count();
        var partial = await Auditor.CheckUnacknowledged();
        using var bound = new CancellationTokenSource(SettleBound);
        await Load.Settle(bound.Token);
        var findings = await Auditor.Verify();
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Auditor.Ledger.All.Count} commands, {Auditor.Ledger.Acknowledged<Begun>().Count()} begin work or go on with it, "
            + $"{open} unanswered at first, drained in {Auditor.Drained.TotalSeconds:0.0} s"));
        return [.. partial, .. findings];
    }

    public async Task MustBeSound()
    {
        var findings = await Audit();
        string.Join('\n', findings.Take(40)).ShouldBeEmpty($"seed {Seed}");
    }
}

/// <summary>The seeds of the fault tests: one that rotates, or those of <c>MES_FAULT_SEEDS</c> (numbers, by commas).</summary>
static class Seeds
{
    static readonly int Rotating = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() % 1_000_000);

    public static IEnumerable<int> All =>
        Environment.GetEnvironmentVariable("MES_FAULT_SEEDS") is { Length: > 0 } given
            ? given.Split(',').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture))
            : [Rotating];
}
