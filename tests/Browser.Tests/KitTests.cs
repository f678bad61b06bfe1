using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>What every list and form can do: search, keyboard, drafts, errors at fields, import, export, live data.</summary>
public sealed class KitTests(DemoPlant plant)
{
    [ChromiumFact]
    public async Task An_order_is_found_from_anywhere_by_keyboard_alone()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        await screen.Page.GotoAsync("/plans");
        await Expect(screen.Page.Locator("h1")).ToHaveTextAsync("Plans");
        await screen.Page.Keyboard.PressAsync("Control+k");
        await screen.Page.Keyboard.TypeAsync("wo-1005");
        await Expect(screen.Page.GetByRole(AriaRole.Option).First).ToContainTextAsync("WO-1005");
        await screen.Page.Keyboard.PressAsync("Enter");
        await Expect(screen.Page.Locator("h1")).ToHaveTextAsync("WO-1005");
    }

    [ChromiumFact]
    public async Task A_list_is_searched_and_walked_through_by_keyboard()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        var order = Orders.NewCode();
        await plant.DefineAsync(order, Orders.Turn);
        await plant.OrderAsync(order, 10);
        await screen.Page.GotoAsync("/orders");
        await Expect(screen.Page.Locator("tr[data-index='3']")).ToBeVisibleAsync();
        await screen.Page.Keyboard.PressAsync("/");
        await screen.Page.Keyboard.TypeAsync(order);
        await Expect(screen.Page.Locator("tr[data-index]")).ToHaveCountAsync(1);
        (await screen.Page.EvaluateAsync<string>("location.search")).ShouldContain($"search={order}");

        await screen.Page.Locator("tr[data-index='0']").FocusAsync();
        await screen.Page.Keyboard.PressAsync("Enter");
        await Expect(screen.Page.Locator("h1")).ToHaveTextAsync(order);
    }

    [ChromiumFact]
    public async Task What_was_typed_survives_a_reload_and_a_refusal_stands_at_its_field()
    {
        await using var screen = await plant.OpenAsAsync("engineer");
        var code = $"B-{Guid.NewGuid():N}"[..10];
        await screen.Page.GotoAsync("/products");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "New product" }).ClickAsync();
        await screen.Page.GetByLabel("Code").FillAsync(code);
        await screen.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Bracket");
        await screen.Page.GetByLabel("Unit", new() { Exact = true }).FillAsync("furlong");
        await screen.Page.ReloadAsync();
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "New product" }).ClickAsync();
        await Expect(screen.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Bracket");

        await Submit(screen);
        await Expect(screen.Page.Locator(".ant-form-item-explain-error").First).ToBeVisibleAsync();
        await screen.Page.GetByLabel("Unit", new() { Exact = true }).FillAsync("pcs");
        await Submit(screen);
        await Expect(screen.Page.Locator(".ant-drawer-open")).ToHaveCountAsync(0);
        (await plant.GetAsync($"/api/work-orders/products/{code}")).GetProperty("name").GetString().ShouldBe("Bracket");

        static Task Submit(Screen screen) =>
            screen.Page.Locator(".ant-drawer").GetByRole(AriaRole.Button, new() { Name = "New product" }).ClickAsync();
    }

    [ChromiumTheory]
    [InlineData("gb18030", "编号,名称,单位")]
    [InlineData("utf-8", "code;name;unit")]
    public async Task A_file_is_checked_before_anything_is_written_and_errors_stand_at_cells(string encoding, string head)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var screen = await plant.OpenAsAsync("engineer");
        var (good, bad) = ($"0{Guid.NewGuid():N}"[..10], $"0{Guid.NewGuid():N}"[..10]);
        var separator = head.Contains(';') ? ';' : ',';
        var rows = new[] { head, $"{good},滚珠丝杠,pcs", $"{bad},没有单位," }.Select(row => row.Replace(',', separator));
        await screen.Page.GotoAsync("/products");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();
        await screen.Page.Locator(".ant-drawer input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "products.csv", MimeType = "text/csv",
            Buffer = Encoding.GetEncoding(encoding).GetBytes(string.Join("\r\n", rows))
        });

        var drawer = screen.Page.Locator(".ant-drawer");
        await Expect(drawer).ToContainTextAsync("2 rows: 1 can be imported, 1 have errors");
        await Expect(drawer).ToContainTextAsync("It must be filled in");
        await Expect(drawer).ToContainTextAsync("滚珠丝杠");
        using var before = await plant.Http.GetAsync($"/api/work-orders/products/{good}");
        ((int)before.StatusCode).ShouldBe(404);

        await drawer.GetByRole(AriaRole.Button, new() { Name = "Import 1 rows" }).ClickAsync();
        await Expect(drawer).ToContainTextAsync("1 rows are imported");
        (await plant.GetAsync($"/api/work-orders/products/{good}")).GetProperty("name").GetString().ShouldBe("滚珠丝杠");
        using var after = await plant.Http.GetAsync($"/api/work-orders/products/{bad}");
        ((int)after.StatusCode).ShouldBe(404);
    }

    [ChromiumFact]
    public async Task A_list_is_exported_with_all_that_matches()
    {
        await using var screen = await plant.OpenAsAsync("planner", "zh-CN");
        await screen.Page.GotoAsync("/orders?status=Completed");
        await Expect(screen.Page.Locator("tr[data-index='0']")).ToBeVisibleAsync();
        var before = await CountAsync();
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "导出" }).ClickAsync();
        var download = await screen.Page.RunAndWaitForDownloadAsync(
            () => screen.Page.GetByText("CSV", new() { Exact = true }).ClickAsync());
        var bytes = await File.ReadAllBytesAsync(await download.PathAsync());
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = Encoding.UTF8.GetString(bytes).TrimEnd().Split('\n');
        lines[0].ShouldContain("工单");
        (lines.Length - 1).ShouldBeInRange(before, await CountAsync());    // the plant goes on meanwhile

        async Task<int> CountAsync() => (await plant.GetAsync("/api/work-orders/orders?status=Completed&size=1000"))
            .GetProperty("items").GetArrayLength();
    }

    [ChromiumFact]
    public async Task A_command_is_taken_back_where_it_was_given()
    {
        await using var screen = await plant.OpenAsAsync("foreman");
        var order = Orders.NewCode();
        await plant.DefineAsync(order, Orders.Turn);
        await screen.Page.GotoAsync($"/orders/{await plant.ReleasedAsync(order, 10)}");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Hold", Exact = true }).ClickAsync();
        await screen.Page.Locator(".ant-drawer textarea").FillAsync("A mistake");
        await screen.Page.Locator(".ant-drawer").GetByRole(AriaRole.Button, new() { Name = "Hold", Exact = true }).ClickAsync();
        await Expect(screen.Page.Locator(".page-head .sub")).ToContainTextAsync("On hold");
        await screen.Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(screen.Page.Locator(".page-head .sub")).ToContainTextAsync("Released");
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Pieces_get_serial_numbers_and_labels_whose_prints_are_counted()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        var page = screen.Page;
        var order = Orders.NewCode();
        await plant.DefineAsync(order, Orders.Turn);
        var id = await plant.OrderAsync(order, 10);
        await page.GotoAsync($"/products/one?code={order}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tracking and GTIN" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Tracking" }).ClickAsync();
        await page.Locator(".ant-select-item").GetByText("By serial number").ClickAsync();
        await page.GetByLabel("GTIN", new() { Exact = true }).FillAsync("9506000134352");
        await page.Locator(".ant-drawer").GetByRole(AriaRole.Button, new() { Name = "Tracking and GTIN" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("09506000134352");

        await page.GotoAsync($"/orders/{id}");
        await page.GetByText("Unit labels").ClickAsync();
        var allot = page.GetByRole(AriaRole.Button, new() { Name = "Allot" });
        await Expect(allot).ToBeVisibleAsync();    // its failure tells what is on the page, that of a click does not
        await allot.ClickAsync();
        await page.GetByLabel("to", new() { Exact = true }).FillAsync("3");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".paper.label")).ToHaveCountAsync(3);
        var link = await page.Locator(".paper.label .qrcode").First.GetAttributeAsync("aria-label");
        (await Accessibility.FindingsAsync(page)).ShouldBeEmpty();

        await page.EvaluateAsync("window.print = () => {}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Print", Exact = true }).ClickAsync();
        await Expect(page.Locator(".ant-alert-warning")).ToContainTextAsync("print 1");
        new Uri(link!).AbsolutePath.ShouldStartWith("/01/09506000134352/21/");
        await page.GotoAsync(link!);
        await Expect(page.Locator("h1")).ToHaveTextAsync($"{order} · {order}-0001");
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task What_happens_elsewhere_is_seen_without_a_reload()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        await using var other = await plant.OpenAsAsync("planner");
        var order = Orders.NewCode();
        await plant.DefineAsync(order, Orders.Turn);
        var id = await plant.OrderAsync(order, 10);
        await screen.Page.GotoAsync($"/orders/{id}");
        await Expect(screen.Page.Locator(".page-head .sub")).ToContainTextAsync("Planned");
        await Expect(screen.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Live");

        await other.Page.GotoAsync($"/orders/{id}");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Release", Exact = true }).ClickAsync();
        await other.Page.Locator(".ant-drawer").GetByRole(AriaRole.Button, new() { Name = "Release", Exact = true }).ClickAsync();

        await Expect(screen.Page.Locator(".page-head .sub")).ToContainTextAsync("Released");
        screen.Errors.ShouldBeEmpty();
    }

    [ChromiumFact]
    public async Task Without_the_network_the_screen_says_that_it_is_not_live_and_recovers()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        await screen.Page.GotoAsync("/orders");
        var state = screen.Page.GetByRole(AriaRole.Status).First;
        await Expect(state).ToContainTextAsync("Live");
        await screen.Context.SetOfflineAsync(true);
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Read again" }).ClickAsync();
        await Expect(screen.Page.Locator(".ant-alert-error").First).ToContainTextAsync("The server cannot be reached");
        await screen.Context.SetOfflineAsync(false);
        await Expect(screen.Page.Locator(".ant-alert-error")).ToHaveCountAsync(0);     // it reads again by itself
        await Expect(screen.Page.Locator("tr[data-index='0']")).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task A_traveller_has_codes_that_a_scanner_reads_and_prints_in_the_size_that_was_chosen()
    {
        await using var screen = await plant.OpenAsAsync("foreman");
        var order = (await plant.GetAsync("/api/work-orders/orders?size=1")).GetProperty("items")[0];
        await screen.Page.GotoAsync($"/orders/{order.GetProperty("id").GetString()}/traveller");
        await Expect(screen.Page.Locator(".barcode.code128 svg")).ToBeVisibleAsync();
        await Expect(screen.Page.Locator(".barcode.qrcode svg")).ToBeVisibleAsync();
        await screen.Page.GetByLabel("Paper").ClickAsync();
        await screen.Page.Locator(".ant-select-item-option", new() { HasText = "A5" }).ClickAsync();
        var pdf = await screen.Page.PdfAsync(new() { PreferCSSPageSize = true });
        Encoding.Latin1.GetString(pdf).ShouldMatch("/MediaBox \\[0 0 59[45][.0-9]* (419|420)"); // A5 on its side, in points
        screen.Errors.ShouldBeEmpty();
    }
}
