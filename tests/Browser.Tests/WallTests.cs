using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>The wall view, read by whoever passes.</summary>
public sealed class WallTests(DemoPlant plant)
{
    // 25 mm at a screen of 55 inches: about a two-hundredth of five metres
    const double LetterShareMin = 0.016;

    [ChromiumFact]
    public async Task A_screen_on_the_wall_needs_its_device_s_registration_alone_and_shows_who_calls()
    {
        var none = Array.Empty<string>();
        var device = await plant.PostAsync("/api/identity/devices",
            new { name = "Wall", equipment = none, workCenters = none, roles = new[] { "board" } });
        await using var screen = await plant.OpenAsync();
        var page = screen.Page;
        var bound = await page.APIRequest.PostAsync(
            "/api/identity/device", new() { DataObject = new { secret = device.GetProperty("secret").GetString() } });
        bound.Ok.ShouldBeTrue();
        await page.GotoAsync("/wall");
        await Expect(page.Locator(".wall-unit").First).ToBeVisibleAsync();
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        await ShouldBeReadAsync(page);

        var shown = await page.Locator(".wall-units").GetAttributeAsync("data-work-center");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(".wall-units")).Not.ToHaveAttributeAsync("data-work-center", shown!);
        var call = await plant.PostAsync("/api/equipment/andon-calls", new { kind = "Quality", equipment = "G-301" });
        var band = page.Locator(".wall-call", new() { HasText = "G-301" });
        await Expect(band).ToContainTextAsync("waits for Quality");
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        await plant.PostAsync($"/api/equipment/andon-calls/{call.GetProperty("id").GetString()}/resolve", new { });
        await Expect(band).ToHaveCountAsync(0);
        screen.Errors.ShouldBeEmpty();
    }

    /// <summary>All of it is on the screen, in letters that can be read from five metres.</summary>
    static async Task ShouldBeReadAsync(IPage page)
    {
        (await page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight")).ShouldBeTrue();
        (await page.EvaluateAsync<double>("""
            () => Math.min(...[...document.querySelectorAll('.wall *')].filter(element => element.checkVisibility()
              && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
              .map(element => parseFloat(getComputedStyle(element).fontSize))) / innerWidth
            """)).ShouldBeGreaterThanOrEqualTo(LetterShareMin);
    }
}
