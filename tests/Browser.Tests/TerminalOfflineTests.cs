using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>The terminal without a network: all that is done arrives once, in order, and nothing is lost.</summary>
public sealed class TerminalOfflineTests(DemoPlant plant, ITestOutputHelper output) : TerminalScreens(plant)
{
    [ChromiumFact]
    public async Task What_is_done_without_a_network_survives_the_browser_and_arrives_once_and_in_order()
    {
        var folder = Directory.CreateTempSubdirectory("terminal").FullName;
        var order = await FreeOrderAsync();
        await using (var screen = await Plant.OpenKeptAsync(folder))
        {
            var page = screen.Page;
            await SignOnAsync(page, "operator", order);
            await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
            await page.ReloadAsync();
            var card = CardOf(page, order);
            await screen.Context.SetOfflineAsync(true);
            await card.Locator(".start").ClickAsync();
            await card.Locator(".report").ClickAsync();
            await page.ClickAsync("[data-key='3']");
            await page.ClickAsync("#send");
            await card.Locator(".pause").ClickAsync();
            await page.ClickAsync("[data-value=break]");
            await Expect(page.Locator("#queue[data-waiting='3']")).ToBeVisibleAsync();
        }

        await using (var screen = await Plant.OpenKeptAsync(folder, isOffline: true))
        {
            var page = screen.Page;
            await page.GotoAsync("/terminal/");
            await Expect(page.Locator("#queue[data-waiting='3']")).ToBeVisibleAsync();
            await Expect(page.Locator($"[data-order={order}] .rests")).ToBeVisibleAsync();
            await Expect(page.Locator("#age.stale")).ToBeVisibleAsync();
            await screen.Context.SetOfflineAsync(false);
            await ArrivedAsync(page);
            await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
            await page.ClickAsync("#queue");
            (await page.Locator("[data-state=sent]").EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.verb)"))
                .ShouldBe(["pause", "report", "start"]);
            var work = await LastWorkAsync(order);
            work.GetProperty("state").GetString().ShouldBe("Paused");
            var reports = (await Plant.GetAsync(
                $"/api/work-orders/operations/{work.GetProperty("operationId").GetString()}/reports?size=1000"))
                .GetProperty("items").EnumerateArray().Where(report => report.GetProperty("good").GetDecimal() == 3
                    && report.GetProperty("startedAt").GetDateTimeOffset() >= work.GetProperty("startedAt").GetDateTimeOffset());
            reports.Count().ShouldBe(1);
            await page.ClickAsync("#back");
            await page.Locator($"[data-order={order}] .finish").First.ClickAsync();
            await ArrivedAsync(page);
        }
        Directory.Delete(folder, recursive: true);
    }

    [ChromiumFact]
    public async Task Two_terminals_without_a_network_work_on_one_operation_and_all_of_it_arrives()
    {
        var order = await FreeOrderAsync();
        await using var one = await Plant.OpenAsync();
        await using var other = await Plant.OpenAsync();
        await SignOnAsync(one.Page, "operator", order);
        await SignOnAsync(other.Page, "foreman", order);
        foreach (var (screen, key) in new[] { (one, "3"), (other, "4") })
        {
            var page = screen.Page;
            var same = CardOf(page, order);
            await Expect(same).ToBeVisibleAsync();
            await screen.Context.SetOfflineAsync(true);
            await same.Locator(".start").ClickAsync();
            await same.Locator(".report").ClickAsync();
            await page.ClickAsync($"[data-key='{key}']");
            await page.ClickAsync("#send-finish");
            await Expect(page.Locator("#queue[data-waiting='2']")).ToBeVisibleAsync();
        }
        await Task.WhenAll(one.Context.SetOfflineAsync(false), other.Context.SetOfflineAsync(false));
        foreach (var page in new[] { one.Page, other.Page })
        {
            await ArrivedAsync(page);
            await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        }
        var found = (await Plant.GetAsync($"/api/work-orders/orders?search={order}")).GetProperty("items")[0];
        found.GetProperty("received").GetDecimal().ShouldBe(7);
    }

    [ChromiumFact]
    public async Task A_thousand_entries_of_one_operation_arrive_in_their_order_while_the_screen_answers()
    {
        var folder = Directory.CreateTempSubdirectory("terminal").FullName;
        var order = await FreeOrderAsync();
        await using var screen = await Plant.OpenKeptAsync(folder);
        var page = screen.Page;
        await SignOnAsync(page, "operator", order);
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await page.ReloadAsync();
        var card = CardOf(page, order);
        await Expect(card).ToBeVisibleAsync();
        await screen.Context.SetOfflineAsync(true);
        await card.Locator(".start").ClickAsync();
        await Expect(page.Locator("#queue[data-waiting='1']")).ToBeVisibleAsync();
        await page.EvaluateAsync(PauseAndResume, 999);
        await page.ReloadAsync();
        await Expect(page.Locator("#queue[data-waiting='1000']")).ToBeVisibleAsync();

        await page.EvaluateAsync("new PerformanceObserver(list => list.getEntries().forEach(task => "
            + "(window.longest = Math.max(window.longest ?? 0, task.duration)))).observe({ type: 'longtask' })");
        await screen.Context.SetOfflineAsync(false);
        await page.ClickAsync("#queue");
        await Expect(page.Locator("[data-state=waiting]")).ToHaveCountAsync(50);
        await page.ClickAsync("#more");
        await Expect(page.Locator(".entry")).ToHaveCountAsync(100);
        await Expect(page.Locator("#queue")).Not.ToHaveAttributeAsync("data-waiting", "1000");
        await page.ClickAsync("#back");
        await Expect(page.Locator("#queue[data-waiting='0']")).ToBeVisibleAsync(new() { Timeout = 300_000 });
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        var longest = await page.EvaluateAsync<double>("window.longest ?? 0");
        output.WriteLine($"the screen did nothing else for {longest:F0} ms at most");
        longest.ShouldBeLessThan(1_000);
        (await LastWorkAsync(order)).GetProperty("state").GetString().ShouldBe("Paused");
        await card.Locator(".finish").ClickAsync();
        await ArrivedAsync(page);
    }

    /// <summary>Adds to the entries that wait on the device so many more for the work that was begun.</summary>
    const string PauseAndResume = """
        count => new Promise((done, failed) => {
          const opening = indexedDB.open('mes-terminal');
          opening.onerror = failed;
          opening.onsuccess = () => {
            const entries = opening.result.transaction('entries', 'readwrite').objectStore('entries');
            entries.getAll().onsuccess = ({ target }) => {
              const start = target.result.find(entry => entry.verb === 'start' && entry.state === 'waiting');
              for (let at = 0; at < count; at++) {
                const verb = at % 2 ? 'resume' : 'pause';
                entries.put({
                  ...start, verb, id: crypto.randomUUID(), seq: start.seq + 1 + at, workId: start.id, tries: 0,
                  path: `/api/work-orders/work/${start.id}/${verb}`, body: verb === 'pause' ? { reason: 'break' } : {},
                  at: new Date(Date.parse(start.at) + at + 1).toISOString(),
                });
              }
              entries.transaction.oncomplete = done;
            };
          };
        })
        """;
}
