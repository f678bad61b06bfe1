using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>What the tests of the terminal do with it as operators do.</summary>
public abstract class TerminalScreens(DemoPlant plant)
{
    protected DemoPlant Plant => plant;

    // Of no post: the demo's people are never at what they have begun
    protected const string Operator = "P-125";

    /// <summary>A scanner types faster than a browser can be told to from outside.</summary>
    protected static Task ScanAsync(IPage page, string code) => page.EvaluateAsync("""
        code => {
          document.activeElement?.blur();
          for (const key of [...code, 'Enter'])
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        }
        """, code);

    protected async Task SignOnAsync(IPage page, string role, params string[] units)
    {
        await page.GotoAsync("/terminal/");
        await SignInAsync(page, role);
        foreach (var unit in units) await page.ClickAsync($"[data-unit='{unit}']");
        await page.ClickAsync("#go");
        await Expect(page.Locator(".card").First).ToBeVisibleAsync();
    }

    protected async Task SignInAsync(IPage page, string role)
    {
        var (userName, password) = await plant.SecretOfAsync(role);
        await page.ClickAsync("#by-password");
        await page.FillAsync("#user", userName);
        await page.FillAsync("#password", password);
        await page.ClickAsync("#go");
        await Expect(page.Locator(".unit").First).ToBeVisibleAsync();
    }

    /// <summary>A released order of ten pieces at a unit of the same code, which anybody may begin; gives that code.</summary>
    protected async Task<string> FreeOrderAsync(params object[] components)
    {
        var code = Orders.NewCode();
        await plant.UnitAsync(code);
        await plant.DefineAsync(code, Orders.StepAt(code), components, new { qualification = "Off", material = "Warn" });
        await plant.ReleasedAsync(code, 10);
        return code;
    }

    protected static ILocator CardOf(IPage page, string order) => page.Locator($".card[data-order='{order}']").First;

    protected static Task ArrivedAsync(IPage page) => Expect(page.Locator("#queue[data-waiting='0']")).ToBeVisibleAsync();

    protected async Task<JsonElement> LastWorkAsync(string? order)
    {
        var work = (await plant.GetAsync($"/api/work-orders/work?operator={Operator}&sort=StartedAt&descending=true&size=20"))
            .GetProperty("items").EnumerateArray();
        return work.First(one => one.GetProperty("order").GetString() == order);
    }

    /// <summary>Everything that is touched is large enough for a glove, nothing is cut off, and axe finds nothing.</summary>
    protected static async Task ShouldBeFitAsync(IPage page)
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
