using System.Globalization;
using System.Text.Json;
using Mes.Demo.Api;
using Mes.Demo.Generation;
using Mes.Demo.Live;
using Mes.Demo.Plant;

namespace Mes.Demo;

/// <summary>
/// A plant to try Mes with: made once, through the public API, and then kept alive. It is one program more that uses Mes;
/// nothing in Mes knows of it.
/// </summary>
public static class DemoPlant
{
    internal const int SeedNumber = 1;

    /// <summary>Makes the plant where it is not complete yet, and keeps it alive until it is ended.</summary>
    /// <param name="gateway">Address of the installation.</param>
    /// <param name="folder">The mark of its data folder.</param>
    /// <param name="speed">How many times as fast as in a plant pieces come.</param>
    /// <param name="say">Tells the progress, line by line.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task Run(Uri gateway, DemoFolder folder, double speed, Action<string> say, CancellationToken stop)
    {
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            using var api = await Entry.Open(gateway, folder, stop);
            var seed = new Seed(SeedNumber);
            if (folder.Kept.MadeAt is null)
            {
                var generator = new Generator(
                    api, seed, gateway, folder.Kept.BegunAt, line => say($"Mes demo: {line} … ({Seconds()} s)"));
                await generator.Make(stop);
                folder.Keep(content => content with { MadeAt = TimeProvider.System.GetUtcNow() });
            }
            say($"Mes demo is ready after {Seconds()} s: sign in at {gateway} as "
                + $"{string.Join(", ", DemoAccounts.All.Select(account => account.UserName))} with the password "
                + $"{DemoAccounts.Password}; at {speed}× speed");
            var clock = new PlantClock(speed, TimeProvider.System);
            await new Simulator(api, seed, clock, new ShiftPlan(folder.Kept.BegunAt), say).Run(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Mes is being stopped
        }
        catch (Exception failure) when (failure is RefusedException or JsonException or KeyNotFoundException
            or InvalidOperationException or IOException)
        {
            say($"Mes demo has stopped, Mes goes on: {failure.Message}");
        }

        string Seconds() => TimeProvider.System.GetElapsedTime(began).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
    }
}
