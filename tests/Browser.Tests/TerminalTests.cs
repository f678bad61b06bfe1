using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>The terminal of operators, as they use it.</summary>
public sealed class TerminalTests(DemoPlant plant, ITestOutputHelper output)
{
    const string Operator = "P-101";

    // Several: the demo lets machines stop as they do
    static readonly string[] Lathes = ["T-101", "T-102", "T-103"];

    [ChromiumTheory]
    [InlineData("en", false, "Ready")]
    [InlineData("zh-CN", true, "可以开工")]
    public async Task Work_is_begun_rests_goes_on_is_reported_and_ends(string language, bool isDark, string ready)
    {
        await using var screen = await plant.OpenAsync(language, isDark);
        var page = screen.Page;
        await page.GotoAsync("/terminal/");
        await Expect(page.Locator("#badge")).ToBeVisibleAsync();
        await ShouldBeFitAsync(page);
        await SignOnAsync(page, "operator", Lathes);
        await ShouldBeFitAsync(page);
        var card = await FreeCardAsync(page);
        await Expect(card.Locator(".state").First).ToContainTextAsync(ready);

        await card.Locator(".start").ClickAsync();
        await Expect(card.Locator($"[data-operator={Operator}] .timer")).ToBeVisibleAsync();
        await card.Locator(".pause").ClickAsync();
        await ShouldBeFitAsync(page);
        await page.ClickAsync("[data-value=material]");
        await Expect(card.Locator(".rests")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await card.Locator(".resume").ClickAsync();
        await Expect(card.Locator(".goes")).ToBeVisibleAsync();
        await card.Locator(".report").ClickAsync();
        await page.ClickAsync("#scrap");
        await page.ClickAsync("[data-key='1']");
        await ShouldBeFitAsync(page);
        await page.ClickAsync("[data-value=surface]");
        await page.ClickAsync("#good");
        await page.ClickAsync("[data-key='+1']");
        await page.ClickAsync("[data-key='+1']");
        await page.ClickAsync("#send-finish");

        await Expect(card.Locator(".start")).ToBeVisibleAsync();
        await ArrivedAsync(page);
        var work = await LastWorkAsync(await card.GetAttributeAsync("data-order"));
        work.GetProperty("endedBy").GetString().ShouldBe("Finished");
        await page.ClickAsync("#queue");
        await Expect(page.Locator("[data-state=sent]")).ToHaveCountAsync(4);
        await ShouldBeFitAsync(page);
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task An_ordinary_report_is_two_taps_and_can_be_taken_back_as_a_start_can()
    {
        await using var screen = await plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", Lathes);
        var card = await FreeCardAsync(page);
        await card.Locator(".start").ClickAsync();
        await ArrivedAsync(page);
        await page.ClickAsync("#undo");
        await Expect(card.Locator($"[data-operator={Operator}]")).ToHaveCountAsync(0);
        await ArrivedAsync(page);
        var last = await LastWorkAsync(await card.GetAttributeAsync("data-order"));
        last.GetProperty("endedBy").GetString().ShouldBe("Withdrawn");

        await card.Locator(".report").ClickAsync();
        var figures = await card.Locator(".figures").TextContentAsync();
        await page.ClickAsync("#send");
        await ArrivedAsync(page);
        await page.ClickAsync("#undo");
        await ArrivedAsync(page);
        await Expect(card.Locator(".figures")).ToHaveTextAsync(figures!);
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task What_is_done_without_a_network_survives_the_browser_and_arrives_once_and_in_order()
    {
        var folder = Directory.CreateTempSubdirectory("terminal").FullName;
        string order;
        await using (var screen = await plant.OpenKeptAsync(folder))
        {
            var page = screen.Page;
            await SignOnAsync(page, "operator", Lathes);
            await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
            await page.ReloadAsync();
            var card = await FreeCardAsync(page);
            order = (await card.GetAttributeAsync("data-order"))!;
            await screen.Context.SetOfflineAsync(true);
            await card.Locator(".start").ClickAsync();
            await card.Locator(".report").ClickAsync();
            await page.ClickAsync("[data-key='3']");
            await page.ClickAsync("#send");
            await card.Locator(".pause").ClickAsync();
            await page.ClickAsync("[data-value=break]");
            await Expect(page.Locator("#queue[data-waiting='3']")).ToBeVisibleAsync();
        }

        await using (var screen = await plant.OpenKeptAsync(folder, isOffline: true))
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
            var reports = (await plant.GetAsync(
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
    public async Task Several_people_are_here_and_one_tap_switches_between_them()
    {
        await using var screen = await plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", Lathes);
        await page.ClickAsync("#add-person");
        await SignInAsync(page, "foreman");
        await page.ClickAsync("#go");
        await Expect(page.Locator(".person")).ToHaveCountAsync(2);
        await page.ClickAsync($"[data-person={Operator}]");
        await Expect(page.Locator($"[data-person={Operator}]")).ToHaveAttributeAsync("aria-pressed", "true");
        var card = await FreeCardAsync(page);
        await card.Locator(".start").ClickAsync();
        await ArrivedAsync(page);
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        await page.ClickAsync("#sign-out");
        await page.ClickAsync("#end-all");
        await Expect(page.Locator(".person")).ToHaveCountAsync(1);
        await ArrivedAsync(page);
        await page.ReloadAsync();
        await Expect(page.Locator(".person")).ToHaveCountAsync(1);
        await page.ClickAsync("#sign-out");
        await page.ClickAsync("#off");
        await Expect(page.Locator("#by-badge")).ToBeVisibleAsync();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_scanner_needs_no_focus_and_a_wrong_code_says_what_was_expected()
    {
        await using var screen = await plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", Lathes);
        await ScanAsync("NOT-KNOWN");
        await Expect(page.Locator("#message.bad")).ToContainTextAsync("Expected: an order of the list");
        var card = await FreeCardAsync(page);
        var order = (await card.GetAttributeAsync("data-order"))!;
        await ScanAsync(order);
        await Expect(page.Locator("#search")).ToHaveValueAsync(order);
        await Expect(page.Locator($".card:not([data-order={order}])")).ToHaveCountAsync(0);
        await page.Locator(".card .report").First.ClickAsync();
        await Expect(page.Locator("#lot")).ToBeVisibleAsync();
        await ScanAsync("]C10109506000134352" + "10L-77");
        await Expect(page.Locator(".lots")).ToContainTextAsync("L-77");
        await ScanAsync("]C10109506000134353");
        await Expect(page.Locator("#message.bad")).ToContainTextAsync("check digit");

        Task ScanAsync(string code) => TerminalTests.ScanAsync(page, code);
    }

    /// <summary>A scanner types faster than a browser can be told to from outside.</summary>
    internal static Task ScanAsync(IPage page, string code) => page.EvaluateAsync("""
        code => {
          document.activeElement?.blur();
          for (const key of [...code, 'Enter'])
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        }
        """, code);

    [ChromiumFact]
    public async Task A_machine_stops_for_one_of_at_most_eight_reasons_and_runs_again()
    {
        await using var screen = await plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", "T-103");
        await page.ClickAsync("#stop");
        await Expect(page.Locator("#reasons button")).ToHaveCountAsync(8);
        await ShouldBeFitAsync(page);
        await page.ClickAsync("#later");
        await ArrivedAsync(page);
        await page.ClickAsync("#stop");
        await Expect(page.Locator("#up")).ToBeVisibleAsync();
        await page.Locator("#reasons button").First.ClickAsync();
        await ArrivedAsync(page);
        await page.ClickAsync("#stop");
        await page.ClickAsync("#up");
        await ArrivedAsync(page);
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Help_is_called_by_two_taps_goes_before_all_that_waits_and_whoever_comes_is_seen()
    {
        await using var screen = await plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", "T-103");
        await screen.Context.SetOfflineAsync(true);
        await page.ClickAsync("#call");
        await page.ClickAsync("[data-value=Safety]");
        await page.Locator(".take-back").ClickAsync();
        await Expect(page.Locator("#calls")).ToHaveCountAsync(0);
        await screen.Context.SetOfflineAsync(false);

        await page.ClickAsync("#call");
        await ShouldBeFitAsync(page);
        await page.ClickAsync("[data-value=Maintenance]");
        await ArrivedAsync(page);
        var call = page.Locator("[data-call=Maintenance]");
        await Expect(call).ToContainTextAsync("called: Maintenance");
        await ShouldBeFitAsync(page);
        var open = (await plant.GetAsync("/api/equipment/andon-calls?status=Open&equipment=T-103")).GetProperty("items");
        open.GetArrayLength().ShouldBe(1);
        await plant.PostAsync($"/api/equipment/andon-calls/{open[0].GetProperty("id").GetString()}/acknowledge", new { });
        await Expect(call).ToHaveAttributeAsync("data-status", "Acknowledged");
        await call.Locator(".take-back").ClickAsync();
        await Expect(page.Locator("#calls")).ToHaveCountAsync(0);
        await ArrivedAsync(page);
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Two_terminals_without_a_network_work_on_one_operation_and_all_of_it_arrives()
    {
        await using var one = await plant.OpenAsync();
        await using var other = await plant.OpenAsync();
        await SignOnAsync(one.Page, "operator", Lathes);
        await SignOnAsync(other.Page, "foreman", Lathes);
        var card = await FreeCardAsync(one.Page);
        var (order, operation) = (await card.GetAttributeAsync("data-order"), await card.GetAttributeAsync("data-operation"));
        var before = await GoodAsync();
        foreach (var (screen, key) in new[] { (one, "3"), (other, "4") })
        {
            var page = screen.Page;
            var same = page.Locator($".card[data-order='{order}'][data-operation='{operation}']").First;
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
        (await GoodAsync()).ShouldBe(before + 7);

        async Task<decimal> GoodAsync()
        {
            var id = (await plant.GetAsync($"/api/work-orders/orders?search={order}&size=1")).GetProperty("items")[0]
                .GetProperty("id").GetString();
            return (await plant.GetAsync($"/api/work-orders/orders/{id}")).GetProperty("operations").EnumerateArray()
                .Single(one => one.GetProperty("code").GetString() == operation).GetProperty("good").GetDecimal();
        }
    }

    [ChromiumFact]
    public async Task A_thousand_entries_of_one_operation_arrive_in_their_order_while_the_screen_answers()
    {
        var folder = Directory.CreateTempSubdirectory("terminal").FullName;
        await using var screen = await plant.OpenKeptAsync(folder);
        var page = screen.Page;
        await SignOnAsync(page, "operator", Lathes);
        await page.EvaluateAsync("navigator.serviceWorker.ready.then(() => true)");
        await page.ReloadAsync();
        var card = await FreeCardAsync(page);
        var order = await card.GetAttributeAsync("data-order");
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
        await Expect(page.Locator("[data-state=sent]").First).ToBeVisibleAsync();
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

    [ChromiumFact]
    public async Task A_terminal_is_bound_by_the_code_that_it_shows_and_offers_its_equipment_alone()
    {
        await using var screen = await plant.OpenAsync();
        var page = screen.Page;
        await page.GotoAsync("/terminal/");
        await page.ClickAsync("#pair");
        await Expect(page.Locator("#code")).ToHaveTextAsync(new Regex("^[A-Z2-9]{4}-[A-Z2-9]{4}$"));
        await ShouldBeFitAsync(page);
        await using var desk = await plant.OpenAsAsync("administrator");
        await desk.Page.GotoAsync("/access");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Pair a terminal" }).ClickAsync();
        var form = desk.Page.Locator(".ant-drawer");
        await form.GetByLabel("Code on the terminal").FillAsync((await page.Locator("#code").TextContentAsync())!.ToLowerInvariant());
        await form.GetByLabel("Name").FillAsync("Lathe 1");
        var equipment = form.GetByRole(AriaRole.Combobox, new() { Name = "Equipment" });
        await equipment.FillAsync("T-101");
        await desk.Page.Locator(".ant-select-item-option").GetByText("T-101").ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Pair a terminal" }).ClickAsync();

        await Expect(page.Locator("#device")).ToContainTextAsync("Lathe 1 · T-101");
        await ShouldBeFitAsync(page);
        await SignInAsync(page, "operator");
        await Expect(page.Locator(".unit")).ToHaveCountAsync(1);
        screen.Errors.ShouldBeEmpty();
        desk.Errors.ShouldBeEmpty();
    }

    async Task SignOnAsync(IPage page, string role, params string[] units)
    Task SignOnAsync(IPage page, string role, params string[] units) => SignOnAsync(plant, page, role, units);

    internal static async Task SignOnAsync(DemoPlant plant, IPage page, string role, params string[] units)
    {
        await page.GotoAsync("/terminal/");
        await SignInAsync(plant, page, role);
        foreach (var unit in units) await page.ClickAsync($"[data-unit='{unit}']");
        await page.ClickAsync("#go");
        await Expect(page.Locator(".card").First).ToBeVisibleAsync();
    }

    Task SignInAsync(IPage page, string role) => SignInAsync(plant, page, role);

    static async Task SignInAsync(DemoPlant plant, IPage page, string role)
    {
        var (userName, password) = await plant.SecretOfAsync(role);
        await page.ClickAsync("#by-password");
        await page.FillAsync("#user", userName);
        await page.FillAsync("#password", password);
        await page.ClickAsync("#go");
        await Expect(page.Locator(".unit").First).ToBeVisibleAsync();
    }

    /// <summary>A card that can be begun: by its order and operation, so that it is found again wherever it goes.</summary>
    static async Task<ILocator> FreeCardAsync(IPage page)
    {
        var free = page.Locator(".card.ready:not(:has(.workers)) .start").First;
        await Expect(free).ToBeVisibleAsync();
        var card = page.Locator(".card.ready:not(:has(.workers))").First;
        var (order, operation) = (await card.GetAttributeAsync("data-order"), await card.GetAttributeAsync("data-operation"));
        var unit = (await card.Locator(".tag").CountAsync()) > 0 ? await card.Locator(".tag").TextContentAsync() : null;
        var all = page.Locator($".card[data-order='{order}'][data-operation='{operation}']");
        return unit is null ? all : all.Filter(new() { HasText = unit });
    }

    internal static Task ArrivedAsync(IPage page) => Expect(page.Locator("#queue[data-waiting='0']")).ToBeVisibleAsync();

    async Task<JsonElement> LastWorkAsync(string? order)
    {
        var work = (await plant.GetAsync($"/api/work-orders/work?operator={Operator}&sort=StartedAt&descending=true&size=20"))
            .GetProperty("items").EnumerateArray();
        return work.First(one => one.GetProperty("order").GetString() == order);
    }

    /// <summary>Everything that is touched is large enough for a glove, nothing is cut off, and axe finds nothing.</summary>
    internal static async Task ShouldBeFitAsync(IPage page)
    {
        (await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, select')]
              .filter(element => element.checkVisibility())
              .filter(element => element.offsetHeight < 76 || element.offsetWidth < 76)
              .map(element => element.id || element.textContent)
            """)).ShouldBeEmpty();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
    }
}
