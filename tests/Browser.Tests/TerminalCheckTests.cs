using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>What an operator reports is checked at the terminal, and what fails waits for quality.</summary>
public sealed class TerminalCheckTests(DemoPlant plant) : TerminalScreens(plant)
{
    const string Api = "/api/work-orders";
    const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [ChromiumTheory]
    [InlineData("en", false, "Within limits", "Near a limit", "Out of limits", "Failed", "quality release")]
    [InlineData("zh-CN", true, "合格", "接近界限", "超差", "不合格", "质量放行")]
    public async Task Pieces_are_checked_where_they_were_reported_and_what_fails_waits_for_quality(
        string language, bool isDark, string within, string near, string beyond, string failed, string quality)
    {
        var code = Orders.NewCode();
        await OrderAsync(code);
        await using var screen = await Plant.OpenAsync(language, isDark);
        var page = screen.Page;
        await SignOnAsync(page, "operator", code);
        await ScanAsync(page, code);
        var card = page.Locator($".card[data-order='{code}'][data-operation=turn]");
        (await card.Locator(".thumb").EvaluateAsync<bool>("async shown => (await shown.decode(), shown.naturalWidth > 0)"))
            .ShouldBeTrue();
        await ReportAsync(page, card);
        await card.Locator(".checks-wait").ClickAsync();

        var diameter = page.Locator("[data-characteristic=D1]");
        await TypeAsync(page, "20");
        await Expect(diameter).ToContainTextAsync($"✔ {within}");
        await page.ClickAsync("[data-characteristic=B1] [data-conforms=true]");
        await page.ClickAsync("#piece-after");
        await TypeAsync(page, "20.09");
        await Expect(diameter).ToContainTextAsync($"▲ {near}");
        await page.ClickAsync("[data-key=Backspace]");
        await page.ClickAsync("[data-key=Backspace]");
        await TypeAsync(page, "2");
        await Expect(diameter).ToContainTextAsync($"✖ {beyond}");
        await page.ClickAsync("[data-characteristic=B1] [data-conforms=true]");
        await ShouldBeFitAsync(page);
        await page.ClickAsync("#send");
        await Expect(page.Locator(".check-result[data-verdict=Reject]")).ToContainTextAsync($"✖ {failed}");
        await ShouldBeFitAsync(page);
        await page.ClickAsync("#judge");

        await Expect(page.Locator($".card[data-order='{code}'][data-operation=mill] .state")).ToContainTextAsync(quality);
        await Expect(card.Locator(".checks-wait")).ToHaveCountAsync(0);
        var inspection = (await Plant.GetAsync($"/api/quality/inspections?order={code}")).GetProperty("items")
            .EnumerateArray().ShouldHaveSingleItem();
        inspection.GetProperty("status").GetString().ShouldBe("Rejected");
        (await Plant.GetAsync($"/api/quality/nonconformances?order={code}")).GetProperty("items").GetArrayLength().ShouldBe(1);

        await page.ClickAsync("#queue");
        await Expect(page.Locator("[data-verb=measure]")).ToContainTextAsync($"✖ {failed}");
        screen.Errors.ShouldBeEmpty();
    }

    /// <summary>What is measured without a network is kept, arrives with it, and is judged then.</summary>
    [ChromiumFact]
    public async Task Measurements_survive_a_lost_connection_between_opening_and_sending()
    {
        var code = Orders.NewCode();
        await OrderAsync(code, quantity: 2);
        await using var screen = await Plant.OpenAsync();
        var page = screen.Page;
        await SignOnAsync(page, "operator", code);
        await ScanAsync(page, code);
        var card = page.Locator($".card[data-order='{code}'][data-operation=turn]");
        await ReportAsync(page, card);
        await Expect(card).ToHaveCountAsync(0);
        // an operation that is done has no card: its check waits above the cards
        var check = page.Locator($"#checks [data-order='{code}'] .check-now");
        await Expect(check).ToBeVisibleAsync();
        await ShouldBeFitAsync(page);
        await check.ClickAsync();
        await Expect(page.Locator("#piece")).ToHaveTextAsync("Piece 1 of 2");
        await screen.Context.SetOfflineAsync(true);
        for (var piece = 1; piece <= 2; piece++)
        {
            await TypeAsync(page, "20");
            await page.ClickAsync("[data-characteristic=B1] [data-conforms=true]");
            if (piece == 1) await page.ClickAsync("#piece-after");
        }
        await page.ClickAsync("#send");
        await Expect(page.Locator(".check-result")).ToContainTextAsync("kept on this device");
        await screen.Context.SetOfflineAsync(false);
        await Expect(page.Locator(".check-result[data-verdict=Accept]")).ToContainTextAsync("✔ Passed");
        await page.ClickAsync("#judge");
        await ArrivedAsync(page);
        await Expect(page.Locator("#queue[data-refused='0']")).ToBeVisibleAsync();
        var inspections = (await Plant.GetAsync($"/api/quality/inspections?order={code}")).GetProperty("items");
        inspections[0].GetProperty("status").GetString().ShouldBe("Accepted");
    }

    static async Task ReportAsync(IPage page, ILocator card)
    {
        await card.Locator(".report").ClickAsync();
        await TypeAsync(page, "2");
        await page.ClickAsync("#send");
        await ArrivedAsync(page);
    }

    static async Task TypeAsync(IPage page, string text)
    {
        foreach (var key in text) await page.ClickAsync($"[data-key='{key}']");
    }

    /// <summary>An order of which the operator checks two pieces of each report.</summary>
    async Task OrderAsync(string code, int quantity = 4)
    {
        await Plant.UnitAsync(code);
        await Plant.DefineAsync(code,
        [
            new { code = "turn", equipment = new[] { code }, runSecondsPerUnit = 60, isReceipt = false },
            new { code = "mill", equipment = new[] { code }, runSecondsPerUnit = 60, isReceipt = true }
        ], policies: new { qualification = "Off" });
        await Plant.PutAsync($"{Api}/products/{code}/picture", new { content = Png });
        await Plant.PutAsync($"/api/quality/plans/{code}", new
        {
            basedOn = 0,
            definition = new
            {
                name = "Bush, by the operator", kind = "InProcess", trigger = "EveryReport", holdsLot = false,
                isSelfInspection = true, product = code, operation = "turn", sampling = new { rule = "Fixed", size = 2 },
                characteristics = new object[]
                {
                    new
                    {
                        code = "D1", name = "Outer diameter", type = "Variable", unit = "mm", nominal = 20,
                        lowerLimit = 19.9, upperLimit = 20.1
                    },
                    new { code = "B1", name = "Free of burrs", type = "Attribute" }
                }
            }
        });
        await Plant.ReleasedAsync(code, quantity);
    }
}
