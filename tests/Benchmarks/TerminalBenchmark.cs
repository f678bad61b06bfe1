using Mes.Browser.Tests;
using Microsoft.Playwright;

namespace Mes.Benchmarks;

/// <summary>
/// A tap at the terminal, until the card shows what it did and until the server has answered: an operator pauses and resumes
/// work in real Chromium, beside the demo plant, all on this machine.
/// </summary>
sealed class TerminalBenchmark(DemoPlant plant) : TerminalScreens(plant)
{
    const int Taps = 100;
    const int WarmUp = 10;

    public static async Task Run()
    {
        await using var plant = new DemoPlant();
        await plant.InitializeAsync();
        await new TerminalBenchmark(plant).Measure();
    }

    async Task Measure()
    {
        var order = await FreeOrderAsync();
        await using var screen = await Plant.OpenAsync();
        await SignOnAsync(screen.Page, "operator", order);
        await CardOf(screen.Page, order).Locator(".start").ClickAsync();
        await ArrivedAsync(screen.Page);
        var measured = await screen.Page.EvaluateAsync<double[][]>(Tap, new { order, taps = WarmUp + Taps });
        var counted = measured.Skip(WarmUp).ToList();
        Console.WriteLine($"""

            ## Terminal, {Taps} taps of pause and resume

            | from the tap to | p50 | p95 | max |
            |---|---|---|---|
            | the card that shows it | {Row(counted.Select(tap => tap[0]))} |
            | the server's answer at the screen | {Row(counted.Select(tap => tap[1]))} |
            """);
    }

    static string Row(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return $"{sorted[sorted.Length / 2]:F0} ms | {sorted[sorted.Length * 95 / 100]:F0} ms | {sorted[^1]:F0} ms";
    }

    /// <summary>Taps and looks at each frame; the sheet of reasons is a tap of its own, and not counted.</summary>
    const string Tap = """
        async ({ order, taps }) => {
          const frame = () => new Promise(done => requestAnimationFrame(done));
          const until = async seen => { while (!seen()) await frame(); return performance.now(); };
          const find = selector => document.querySelector(`.card[data-order='${order}'] ${selector}`);
          const measured = [];
          for (let tap = 0; tap < taps; tap++) {
            const pauses = find('.pause') !== null;
            if (pauses) {
              find('.pause').click();
              await until(() => document.querySelector('[data-value=break]'));
            }
            const button = pauses ? document.querySelector('[data-value=break]') : find('.resume');
            const began = performance.now();
            button.click();
            const shown = await until(() => find(pauses ? '.rests' : '.goes'));
            const answered = await until(() => document.querySelector("#queue[data-waiting='0']"));
            measured.push([shown - began, answered - began]);
          }
          return measured;
        }
        """;
}
