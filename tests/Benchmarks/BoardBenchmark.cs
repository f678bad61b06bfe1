using System.Text.RegularExpressions;
using Mes.Browser.Tests;
using Microsoft.Playwright;

namespace Mes.Benchmarks;

/// <summary>
/// The plan board with 10,000 operations on 200 units in real Chromium, beside the server, all on this machine: the time from one
/// frame to the next while the plan is panned, zoomed and a bar is dragged, and from the opening to the first picture and the
/// last operation.
/// </summary>
static class BoardBenchmark
{
    const int Frames = 300;

    public static async Task Run()
    {
        await using var plan = await LargePlan.Make();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium.Executable, Args = ["--no-sandbox", "--disable-gpu"] });
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = plan.Address.ToString(), Locale = "en", ViewportSize = new() { Width = 1920, Height = 1080 }
        });
        var page = await context.NewPageAsync();
        var key = plan.Http.DefaultRequestHeaders.GetValues("X-Api-Key").Single();
        await page.SetExtraHTTPHeadersAsync(new Dictionary<string, string> { ["X-Api-Key"] = key });
        await page.GotoAsync("/board");
        await page.Locator(".board-plan[aria-busy=false]").WaitForAsync();
        await page.ReloadAsync();                      // what the browser keeps is there by now
        await page.Locator(".board-plan[aria-busy=false]").WaitForAsync();
        var (first, whole) = (await Mark(page, "board-first"), await Mark(page, "board-whole"));
        Console.WriteLine($"""

            ## Plan board, {LargePlan.Orders * LargePlan.Operations} operations on {LargePlan.Units} units, 1920×1080

            | | |
            |---|---|
            | opened to the first operations drawn | {first:F0} ms |
            | opened to all operations drawn | {whole:F0} ms |

            | frame to frame while | p50 | p95 | max |
            |---|---|---|---|
            | panned, a week in view | {await Measure(page, "Week", Pan)} |
            | panned, a month in view | {await Measure(page, "Month", Pan)} |
            | zoomed | {await Measure(page, "Week", Zoom)} |
            | a bar is dragged | {await Measure(page, "Day", Drag)} |
            """);
    }

    static async Task<double> Mark(IPage page, string name) =>
        await page.EvaluateAsync<double>("name => performance.getEntriesByName(name)[0].startTime", name);

    static async Task<string> Measure(IPage page, string zoom, string gesture)
    {
        await page.Locator(".ant-segmented-item").Filter(new() { HasTextRegex = new Regex($"^{zoom}$") }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Now" }).ClickAsync();
        var times = await page.EvaluateAsync<double[]>(Script.Replace("GESTURE", gesture, StringComparison.Ordinal), Frames);
        var sorted = times.Order().ToArray();
        return $"{sorted[sorted.Length / 2]:F1} ms | {sorted[sorted.Length * 95 / 100]:F1} ms | {sorted[^1]:F1} ms";
    }

    /// <summary>One gesture in each frame, as a screen would tell them; the time from frame to frame is seen.</summary>
    const string Script = """
        async frames => {
          const host = document.querySelector('.board-canvas');
          const box = host.getBoundingClientRect();
          const send = (type, x, y, more = {}) => host.dispatchEvent(new (type === 'wheel' ? WheelEvent : PointerEvent)(
            type, { clientX: box.x + x, clientY: box.y + y, bubbles: true, cancelable: true, pointerId: 1, ...more }));
          host.setPointerCapture = () => undefined;
          const frame = () => new Promise(done => requestAnimationFrame(done));
          const times = [];
          let before = await frame();
          GESTURE
          return times;
        }
        """;

    const string Pan = """
        send('pointerdown', 600, box.height - 30);
        for (let n = 0; n < frames; n++) {
          send('pointermove', 600 + 220 * Math.sin(n / 18), box.height - 30 + 160 * Math.sin(n / 31));
          const now = await frame();
          times.push(now - before);
          before = now;
        }
        send('pointerup', 600, box.height - 30);
        """;

    const string Zoom = """
        for (let n = 0; n < frames; n++) {
          send('wheel', 700, 300, { deltaY: n % 60 < 30 ? 40 : -40 });
          const now = await frame();
          times.push(now - before);
          before = now;
        }
        """;

    const string Drag = """
        let at = null;
        for (let y = 60; y < box.height - 120 && !at; y += 30)
          for (let x = 500; x < box.width - 300 && !at; x += 12) {
            send('pointermove', x, y);
            if (host.style.cursor === 'grab') at = [x, y];
          }
        if (!at) throw new Error('no bar can be dragged');
        send('pointerdown', ...at);
        for (let n = 0; n < frames; n++) {
          send('pointermove', at[0] + 200 * Math.sin(n / 18), at[1] + 150 * Math.sin(n / 31));
          const now = await frame();
          times.push(now - before);
          before = now;
        }
        host.dispatchEvent(new PointerEvent('pointercancel', { pointerId: 1 }));
        """;
}
