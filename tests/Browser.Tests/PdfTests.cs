using System.Net.Http.Json;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>Papers as PDF: a page of the size that was chosen, text that can be searched, and each counted as a print.</summary>
public sealed class PdfTests(DemoPlant plant)
{
    [ChromiumFact]
    public async Task A_traveller_is_saved_as_a_pdf_in_chinese_and_counted_as_a_print()
    {
        await using var screen = await plant.OpenAsAsync("foreman", "zh-CN");
        var name = Orders.NewCode();
        await plant.DefineAsync(name, Orders.Turn);
        var id = await plant.OrderAsync(name, 10);
        var prints = $"/api/work-orders/orders/{id}/prints?paper=Traveller&size=1";
        await screen.Page.GotoAsync($"/orders/{id}/traveller");

        var (file, first) = await SaveAsync(screen);
        file.ShouldBe($"traveller-{name}.pdf");
        var (_, second) = await SaveAsync(screen);

        using (first)
        using (second)
        {
            ShouldBeOfSize(first.GetPage(1), 210, 297);
            var text = TextOf(first);
            foreach (var word in new[] { name, "产品", "工艺路线", "报废数", "签字 / 日期", "第 1 次打印" }) text.ShouldContain(word);
            text.ShouldNotContain("补打");
            TextOf(second).ShouldContain("补打 · 第 2 次打印");
            first.GetPage(1).Paths.Count.ShouldBeGreaterThan(40); // the codes are lines and areas, as sharp as the printer
            first.GetPage(1).Letters.Select(letter => letter.FontName).Distinct()
                .ShouldAllBe(font => font!.Contains("NotoSansSC"));
        }
        (await plant.GetAsync(prints)).GetProperty("items")[0].GetProperty("number").GetInt32().ShouldBe(2);
        await Expect(screen.Page.Locator(".for-pdf")).ToHaveCountAsync(0);
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_long_traveller_goes_on_under_its_head_and_what_the_font_lacks_is_drawn_all_the_same()
    {
        await using var screen = await plant.OpenAsAsync("foreman");
        var order = Orders.NewCode();
        await plant.DefineAsync(order, Orders.Turn);
        await screen.Page.GotoAsync($"/orders/{await plant.OrderAsync(order, 10)}/traveller");
        await ChooseAsync(screen, "A5");
        await screen.Page.EvaluateAsync("""
            document.querySelector('.paper-title').textContent = 'Ω 喆 😀';
            const row = document.querySelector('.paper tbody tr');
            for (let copy = 0; copy < 20; copy++) row.after(row.cloneNode(true));
            """);

        var (_, pdf) = await SaveAsync(screen);

        using (pdf)
        {
            pdf.NumberOfPages.ShouldBeGreaterThan(2);
            foreach (var page in pdf.GetPages().Take(3)) TextOf(page).ShouldContain("Signature and date");
            ShouldBeOfSize(pdf.GetPage(1), 210, 148);
            TextOf(pdf).ShouldContain("Ω 喆 😀");
            pdf.GetPage(1).GetImages().Count().ShouldBe(2);
        }
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Labels_have_a_page_each_in_the_size_of_the_label()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        var name = Orders.NewCode();
        await plant.DefineAsync(name, Orders.Turn);
        await plant.PutAsync($"/api/work-orders/products/{name}/tracking", new { tracking = "Serial" });
        var id = await plant.OrderAsync(name, 10);
        await screen.Page.GotoAsync($"/orders/{id}/unit-labels");
        await Expect(Pdf(screen)).ToBeDisabledAsync();
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Allot" }).ClickAsync();
        await screen.Page.GetByLabel("to", new() { Exact = true }).FillAsync("3");
        await screen.Page.Keyboard.PressAsync("Enter");
        await Expect(screen.Page.Locator(".paper.label")).ToHaveCountAsync(3);
        var serials = await screen.Page.Locator(".paper.label strong").AllTextContentsAsync();

        var (file, pdf) = await SaveAsync(screen);

        file.ShouldBe($"unit-labels-{name}.pdf");
        using (pdf)
        {
            pdf.NumberOfPages.ShouldBe(3);
            foreach (var (page, serial) in pdf.GetPages().Zip(serials))
            {
                ShouldBeOfSize(page, 50, 30);
                TextOf(page).ShouldContain(serial);
            }
        }
        await Expect(screen.Page.Locator(".ant-alert-warning")).ToContainTextAsync("print 1");
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task A_print_that_is_not_counted_makes_no_pdf()
    {
        await using var screen = await plant.OpenAsAsync("warehouse");
        var stock = (await plant.GetAsync("/api/inventory/stock?size=1")).GetProperty("items")[0];
        string Value(string member) => Uri.EscapeDataString(stock.GetProperty(member).GetString()!);
        await screen.Page.GotoAsync($"/lots/label?material={Value("material")}&lot={Value("lot")}");
        await Expect(screen.Page.Locator(".barcode.qrcode svg")).ToBeVisibleAsync();
        await screen.Page.RouteAsync("**/prints", route => route.AbortAsync());
        var downloads = 0;
        screen.Page.Download += (_, _) => downloads++;

        await Pdf(screen).ClickAsync();

        await Expect(screen.Page.Locator(".ant-alert-error").First).ToContainTextAsync("The server cannot be reached");
        downloads.ShouldBe(0);
        await screen.Page.UnrouteAsync("**/prints");
        var (file, pdf) = await SaveAsync(screen);
        file.ShouldStartWith("lot-");
        using (pdf) ShouldBeOfSize(pdf.GetPage(1), 100, 50);
    }

    static ILocator Pdf(Screen screen) => screen.Page.GetByRole(AriaRole.Button, new() { Name = "PDF", Exact = true });

    static async Task<(string Name, PdfDocument Document)> SaveAsync(Screen screen)
    {
        var download = await screen.Page.RunAndWaitForDownloadAsync(() => Pdf(screen).ClickAsync());
        await Expect(Pdf(screen)).ToBeEnabledAsync();
        return (download.SuggestedFilename, PdfDocument.Open(await File.ReadAllBytesAsync(await download.PathAsync())));
    }

    static async Task ChooseAsync(Screen screen, string size)
    {
        await screen.Page.GetByLabel("Paper").ClickAsync();
        await screen.Page.Locator(".ant-select-item-option", new() { HasText = size }).ClickAsync();
    }

    static string TextOf(PdfDocument document) => string.Join('\n', document.GetPages().Select(TextOf));

    static string TextOf(Page page) => page.Text;

    static void ShouldBeOfSize(Page page, double widthMm, double heightMm)
    {
        page.Width.ShouldBe(widthMm / 25.4 * 72, 0.01);
        page.Height.ShouldBe(heightMm / 25.4 * 72, 0.01);
    }
}
