using System.Diagnostics;

namespace Mes.EndToEnd.Tests;

/// <summary>
/// A real shop's three months through each edition: every figure equal to the log's, whatever is killed meanwhile, and a
/// second run adds nothing.
/// </summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    const int Kills = 3;
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task The_standalone_edition_gives_the_log_s_figures_twice_though_it_is_killed()
    {
        var log = LogOrSkip();
        await using var edition = await StandaloneEdition.Start();
        await PlayTwice(edition, log, random => random.Next(2) == 0 ? StandaloneEdition.Mes : StandaloneEdition.Database);
    }

    [RabbitMqFact]
    public async Task The_distributed_edition_gives_the_same_though_its_services_are_killed()
    {
        var log = LogOrSkip();
        await using var edition = await DistributedEdition.Start();
        await PlayTwice(edition, log, random => edition.Parts[random.Next(edition.Parts.Count)]);
    }

    async Task PlayTwice(Edition edition, string log, Func<Random, string> victim)
    {
        var key = await edition.ApiKey();
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var first = Play(edition, key, log, "first.json");
        var random = new Random(seed);
        for (var kill = 0; kill < Kills && !first.IsCompleted; kill++)
        {
            await Task.WhenAny(first, Task.Delay(TimeSpan.FromSeconds(random.Next(3, 8))));
            var part = victim(random);
            output.WriteLine($"kill -9 {part}");
            await edition.Kill(part);
            await edition.Restart(part);
        }
        var figures = await first;
        (await Play(edition, key, log, "second.json")).ShouldBe(figures);
    }

    /// <summary>Plays the log; the player itself fails where a figure differs from the log's.</summary>
    async Task<string> Play(Edition edition, string key, string log, string result)
    {
        var file = Path.Combine(Path.GetTempPath(), $"mes-replay-{Guid.NewGuid():n}-{result}");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList =
            {
                BuiltProgram.Of("tests/Replay/Mes.Replay.csproj"), "--gateway", edition.Gateway.ToString(), "--key", key,
                "--log", log,
                "--json", file
            }
        };
        using var player = Process.Start(start)!;
        var said = player.StandardOutput.ReadToEndAsync();
        var progress = player.StandardError.ReadToEndAsync();
        using var bound = new CancellationTokenSource(Bound);
        await player.WaitForExitAsync(bound.Token);
        output.WriteLine(await said);
        player.ExitCode.ShouldBe(0, $"{await said}\n{await progress}");
        var figures = await File.ReadAllTextAsync(file);
        File.Delete(file);
        return figures;
    }

    static string LogOrSkip()
    {
        var data = Environment.GetEnvironmentVariable("MES_DATA")
            ?? Path.Combine(BuiltProgram.SolutionFolder, "..", "shared", "data");
        var log = Path.Combine(data, "ballnut", "Production_Data.csv");
        Assert.SkipUnless(File.Exists(log), $"{log} is absent: put the data there or set MES_DATA.");
        return log;
    }
}
