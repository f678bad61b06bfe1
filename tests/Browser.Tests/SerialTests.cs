using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>Pieces with serial numbers: taken at the terminal, shown at the desk.</summary>
public sealed class SerialTests(DemoPlant plant) : TerminalScreens(plant)
{
    const string Api = "/api/work-orders";

    [ChromiumTheory]
    [InlineData("en", false, "is no piece of this order")]
    [InlineData("zh-CN", true, "不是本工单的序列号")]
    public async Task Pieces_are_chosen_or_scanned_and_each_has_its_life_on_a_page(string language, bool isDark, string wrong)
    {
        var order = Orders.NewCode();
        await OrderAsync(order);
        await using var screen = await Plant.OpenAsync(language, isDark);
        var page = screen.Page;
        await SignOnAsync(page, "operator", order);
        await ScanAsync(page, order);
        await page.Locator($".card[data-order='{order}'] .report").ClickAsync();
        await page.ClickAsync($"[data-serial='{order}-0001']");
        await ScanAsync(page, $"{order}-0002");
        await Expect(page.Locator("#good strong")).ToHaveTextAsync("2");
        await ScanAsync(page, "X-1");
        await Expect(page.Locator(".fault")).ToContainTextAsync(wrong);
        await Expect(page.Locator(".fault")).ToContainTextAsync($"{order}-0001");
        await page.ClickAsync("#scrap");
        await page.ClickAsync($"[data-serial='{order}-0003']");
        await Expect(page.Locator("#scrap strong")).ToHaveTextAsync("1");
        await page.ClickAsync("[data-value=surface]");
        await ShouldBeFitAsync(page);
        await page.ClickAsync("#send");
        await ArrivedAsync(page);
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        var pieces = (await Plant.GetAsync($"{Api}/serials?search={order}")).GetProperty("items");
        var listed = await Plant.GetAsync($"{Api}/orders/{pieces[0].GetProperty("orderId").GetString()}/serials");
        listed.GetProperty("items").EnumerateArray().Select(piece => piece.GetProperty("state").GetString())
            .ShouldBe(["Finished", "Finished", "Scrapped"]);

        await using var desk = await Plant.OpenAsAsync("planner", language, isDark);
        page = desk.Page;
        await page.GotoAsync($"/serials/one?product={order}&serial={order}-0003");
        await Expect(page.Locator("h1")).ToContainTextAsync($"{order}-0003");
        await Expect(page.Locator("main table tr.ant-table-row").First).ToContainTextAsync(order);
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();
        screen.Errors.ShouldBeEmpty();
        desk.Errors.ShouldBeEmpty();
    }

    /// <summary>An order of three pieces that is released, with a number for each.</summary>
    async Task OrderAsync(string code)
    {
        await Plant.UnitAsync(code);
        await Plant.DefineAsync(code, Orders.StepAt(code), policies: new { qualification = "Off" });
        await Plant.PutAsync($"{Api}/products/{code}/tracking", new { tracking = "Serial" });
        await Plant.PostAsync($"{Api}/orders/{await Plant.ReleasedAsync(code, 3)}/serials", new { });
    }
}
