using Mes.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Mes.Gateway.Tests;

/// <summary>The three screens of a terminal, as an operator uses them.</summary>
public sealed class ScreenTests(Installation plant) : IAsyncLifetime
{
    IPlaywright _playwright = null!;
    IBrowser _browser = null!;
    IPage _page = null!;
    readonly List<string> _errors = [];

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium.Executable, Args = ["--no-sandbox"] });
        var context = await _browser.NewContextAsync(
            new()
            {
                BaseURL = plant.Gateway.Address.ToString(), Locale = "zh-CN", ViewportSize = new() { Width = 1280, Height = 800 }
            });
        _page = await context.NewPageAsync();
        SetDefaultExpectTimeout(30_000);
        _page.PageError += (_, error) => _errors.Add(error);
        _page.Console += (_, line) =>
        {
            if (line.Text.Contains("Content Security Policy")) _errors.Add(line.Text);
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    [ChromiumFact]
    public async Task An_operator_signs_on_with_badge_and_PIN_and_reports()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        await SignOnAsync(badge);
        await Expect(_page.Locator(".card.ready")).ToContainTextAsync("WO-1");
        await Expect(_page.Locator(".card.waits")).ToContainTextAsync("等待：上道工序、物料");

        await _page.ClickAsync(".card.ready .start");
        await Expect(_page.Locator(".card.running .timer")).ToBeVisibleAsync();
        await _page.ReloadAsync();
        await _page.ClickAsync(".card.running .report");
        await PressAsync("#scrap", "2");
        await _page.ClickAsync("#good");
        await _page.ClickAsync("#rest");
        await Expect(_page.Locator("#good strong")).ToHaveTextAsync("78");
        await _page.ClickAsync("#send");
        await Expect(_page.Locator(".fault")).ToContainTextAsync("请选择报废原因");
        await _page.ClickAsync("[data-value=surface]");
        var before = plant.Terminal.Applied.Count;
        await _page.ClickAsync("#send");

        await Expect(_page.Locator("#undo")).ToBeVisibleAsync();
        await ArrivedAsync();
        plant.Terminal.Applied.Count.ShouldBe(before + 1);
        var report = plant.Terminal.Applied[plant.Terminal.Arrived.Last()];
        ((decimal)report["good"]!).ShouldBe(78);
        ((decimal)report["scrap"]!).ShouldBe(2);
        ((string?)report["scrapReason"]).ShouldBe("surface");
        plant.Terminal.Work.Keys.ShouldContain((string)report["workId"]!);
        ((string?)plant.Terminal.SignOns.Last()["operator"]).ShouldBe(badge.OperatorCode);
        _errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_report_whose_answer_is_lost_is_sent_again_and_counts_once()
    {
        await SignOnAsync(await plant.CreateBadgeAsync("4711", "operator"));
        await _page.ClickAsync("[data-order=WO-1] .report");
        await PressAsync("#good", "5");
        plant.Terminal.LoseAnswers(1);
        var before = plant.Terminal.Applied.Count;
        await _page.ClickAsync("#send");
        await Expect(_page.Locator("#queue[data-waiting='1']")).ToBeVisibleAsync();

        await _page.ReloadAsync();

        await ArrivedAsync();
        plant.Terminal.Applied.Count.ShouldBe(before + 1);
        plant.Terminal.Arrived.TakeLast(2).Distinct().Count().ShouldBe(1);
    }

    async Task PressAsync(string quantity, string keys)
    {
        await _page.ClickAsync(quantity);
        foreach (var key in keys) await _page.ClickAsync($"[data-key='{key}']");
    }

    Task ArrivedAsync() => Expect(_page.Locator("#queue[data-waiting='0']")).ToBeVisibleAsync();

    [ChromiumFact]
    public async Task Who_signs_out_is_out_even_if_the_presence_cannot_be_ended()
    {
        await SignOnAsync(await plant.CreateBadgeAsync("4711", "operator"));
        await _page.RouteAsync("**/sign-off", route => route.FulfillAsync(new() { Status = 503 }));
        await _page.ClickAsync("#sign-out");
        await _page.ClickAsync("#off");
        await Expect(_page.Locator("#badge")).ToBeVisibleAsync();
        await Expect(_page.Locator("#queue[data-waiting='1']")).ToBeVisibleAsync();
        await _page.ReloadAsync();
        await Expect(_page.Locator("#badge")).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task Who_wants_to_read_about_the_API_signs_in_and_gets_there()
    {
        var user = await plant.CreateUserAsync("engineer");
        await _page.GotoAsync("/openapi/");
        await _page.FillAsync("input[autocomplete=username]", user.Name);
        await _page.FillAsync("input[autocomplete=current-password]", user.Password);
        await _page.ClickAsync("button[type=submit]");
        await _page.WaitForURLAsync("**/openapi/**");
        await Expect(_page.Locator("h1").First).ToContainTextAsync("Mes: work orders");
        await Expect(_page.GetByText("Attach a file to an order").First).ToBeVisibleAsync();
        await Expect(_page.Locator("a[href*='client.scalar.com']")).ToHaveCountAsync(0); // it would be told our address
        _errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task The_language_changes_without_a_reload_and_is_remembered()
    {
        await _page.GotoAsync("/terminal/");
        await _page.EvaluateAsync("window.notReloaded = true");
        await _page.FillAsync("#badge", "B-77");
        await Expect(_page.Locator("h1")).ToHaveTextAsync("上岗登录");

        await _page.ClickAsync("#language");

        await Expect(_page.Locator("h1")).ToHaveTextAsync("Sign on");
        await Expect(_page.Locator("#badge")).ToHaveValueAsync("B-77");
        (await _page.EvaluateAsync<bool>("window.notReloaded")).ShouldBeTrue();
        (await _page.GetAttributeAsync("html", "lang")).ShouldBe("en");
        await _page.ReloadAsync();
        await Expect(_page.Locator("h1")).ToHaveTextAsync("Sign on");
    }

    [ChromiumFact]
    public async Task Everything_that_is_touched_is_large_enough_for_a_glove()
    {
        await _page.GotoAsync("/terminal/");
        await ShouldBeTouchableAsync();
        await SignOnAsync(await plant.CreateBadgeAsync("4711", "operator"));
        await ShouldBeTouchableAsync();
        await _page.ClickAsync("[data-order=WO-1] .report");
        await ShouldBeTouchableAsync();
    }

    [ChromiumFact]
    public async Task A_user_works_by_keyboard_alone_under_the_own_name_and_changes_the_one_time_password()
    {
        var name = await SignInByKeyboardAsync("operator");
        await ChooseByKeyboardAsync("Machine 2");

        await Expect(_page.Locator("#cards .card").First).ToBeVisibleAsync();
        await Expect(_page.Locator("main")).ToContainTextAsync("只显示前 2 道工序");
        var signOn = plant.Terminal.SignOns.Last();
        ((string?)signOn["operator"]).ShouldBe(name);
        ((string?)signOn["station"]).ShouldBe("Machine 2");
    }

    [ChromiumFact]
    public async Task A_foreman_says_whose_work_it_is()
    {
        await SignInByKeyboardAsync("foreman");
        await _page.FillAsync("#operator", "ID4932");
        await ChooseByKeyboardAsync("Machine 2");

        await Expect(_page.Locator("#cards .card").First).ToBeVisibleAsync();
        ((string?)plant.Terminal.SignOns.Last()["operator"]).ShouldBe("ID4932");
    }

    async Task ChooseByKeyboardAsync(string unit)
    {
        await _page.FocusAsync($"[data-unit='{unit}']");
        await _page.Keyboard.PressAsync("Space");
        await _page.FocusAsync("#go");
        await _page.Keyboard.PressAsync("Enter");
    }

    async Task<string> SignInByKeyboardAsync(string role)
    {
        var name = plant.Name("user");
        var (_, oneTime) = await plant.CreatePersonAsync(name, role);
        await _page.GotoAsync("/terminal/");
        await _page.FocusAsync("#by-password");
        await _page.Keyboard.PressAsync("Enter");
        await TypeAsync("#user", name + "\t" + oneTime + "\n");
        await TypeAsync("#current", oneTime + "\ta password of my own\n");
        await Expect(_page.Locator(".unit")).ToHaveCountAsync(2);
        return name;
    }

    [ChromiumFact]
    public async Task A_password_that_was_changed_without_an_answer_is_changed_by_the_next_click()
    {
        var name = plant.Name("user");
        var (_, oneTime) = await plant.CreatePersonAsync(name, "operator");
        var asked = 0;
        await _page.RouteAsync("**/api/identity/password", async route =>
        {
            if (++asked > 1)
            {
                await route.ContinueAsync();
                return;
            }
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await _page.GotoAsync("/terminal/");
        await _page.ClickAsync("#by-password");
        await _page.FillAsync("#user", name);
        await _page.FillAsync("#password", oneTime);
        await _page.ClickAsync("#go");
        await _page.FillAsync("#current", oneTime);
        await _page.FillAsync("#new", "a password of my own");
        await _page.ClickAsync("#go");
        await Expect(_page.Locator("#message.bad")).ToBeVisibleAsync();

        await _page.ClickAsync("#go");

        await Expect(_page.Locator(".unit")).ToHaveCountAsync(2);
    }

    [ChromiumFact]
    public async Task A_session_that_is_taken_away_leads_back_to_the_sign_on()
    {
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        await SignOnAsync(badge);
        await plant.Admin.DeleteAsync($"badges/{badge.Id}");

        // where the terminal has asked by itself meanwhile, there is nothing left to press
        await _page.EvaluateAsync("() => document.querySelector('#refresh')?.click()");

        await Expect(_page.Locator("#message.bad")).ToContainTextAsync("登录已结束");
        await Expect(_page.Locator("#badge")).ToBeVisibleAsync();
    }

    async Task SignOnAsync(TestBadge badge)
    {
        await _page.GotoAsync("/terminal/");
        await TypeAsync("#badge", badge.Code + "\n"); // as a scanner types
        await TypeAsync("#pin", "4711\n");
        await _page.ClickAsync("[data-unit='Machine 1']");
        await _page.ClickAsync("#go");
        await Expect(_page.Locator("#cards .card").First).ToBeVisibleAsync();
    }

    // Types where the focus already is: the screen must have put it there
    async Task TypeAsync(string focused, string keys)
    {
        await Expect(_page.Locator(focused)).ToBeFocusedAsync();
        foreach (var part in keys.Split('\t'))
        {
            await _page.Keyboard.TypeAsync(part.TrimEnd('\n'));
            await _page.Keyboard.PressAsync(part.EndsWith('\n') ? "Enter" : "Tab");
        }
    }

    async Task ShouldBeTouchableAsync()
    {
        var small = await _page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, select')]
              .map(element => element.type === 'checkbox' ? element.closest('label') : element)
              .filter(element => element.offsetParent !== null)
              .filter(element => element.offsetHeight < 76 || element.offsetWidth < 76)
              .map(element => element.id || element.textContent)
            """);
        small.ShouldBeEmpty();
    }
}
