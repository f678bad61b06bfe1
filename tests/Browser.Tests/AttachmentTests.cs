using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>Files at an order, and a product's picture.</summary>
public sealed class AttachmentTests(DemoPlant plant)
{
    static readonly FilePayload Png = new()
    {
        Name = "drawing.png", MimeType = "image/png", Buffer = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
    };

    static readonly FilePayload Pdf = new()
    {
        Name = "检验 report.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n%%EOF"u8.ToArray()
    };

    static readonly FilePayload Page = new()
    {
        Name = "page.png", MimeType = "image/png", Buffer = "<script>alert(1)</script>"u8.ToArray()
    };

    [ChromiumFact]
    public async Task Files_are_attached_to_an_order_removed_and_brought_back()
    {
        await using var screen = await plant.OpenAsAsync("planner");
        var order = Orders.NewCode();
        await plant.DefineAsync(order, Orders.Turn);
        await screen.Page.GotoAsync($"/orders/{await plant.OrderAsync(order, 10)}");
        var files = screen.Page.Locator(".files");
        await Expect(files).ToContainTextAsync("Nothing is attached yet");

        await screen.Page.Locator(".file-drop input[type=file]").SetInputFilesAsync([Png, Pdf, Page]);

        await Expect(files.GetByRole(AriaRole.Link, new() { Name = Png.Name })).ToBeVisibleAsync();
        await Expect(files.GetByRole(AriaRole.Link, new() { Name = Pdf.Name })).ToBeVisibleAsync();
        await Expect(files.Locator(".refused")).ToContainTextAsync("The content is not what the ending of the name says");
        await files.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(files.Locator(".refused")).ToHaveCountAsync(0);
        var picture = await screen.Page.RunAndWaitForPopupAsync(
            () => files.GetByRole(AriaRole.Link, new() { Name = Png.Name }).ClickAsync());
        await Expect(picture.Locator("img")).ToBeVisibleAsync();
        await picture.CloseAsync();

        await files.GetByRole(AriaRole.Button, new() { Name = $"Remove {Pdf.Name}" }).ClickAsync();
        await Expect(files.GetByRole(AriaRole.Link, new() { Name = Pdf.Name })).ToHaveCountAsync(0);
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();

        await Expect(files.GetByRole(AriaRole.Link, new() { Name = Pdf.Name })).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task A_product_is_shown_by_its_picture_wherever_it_stands()
    {
        await using var screen = await plant.OpenAsAsync("engineer");
        var product = Orders.NewCode();
        await plant.DefineAsync(product, Orders.Turn);
        var id = await plant.OrderAsync(product, 10);
        await screen.Page.GotoAsync($"/products/one?code={product}");

        await screen.Page.Locator(".product-picture input[type=file]").SetInputFilesAsync(Png);
        await Shown(".product-picture img.picture");
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the picture" }).ClickAsync();
        await Expect(screen.Page.GetByText("Add a picture")).ToBeVisibleAsync();
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await Shown(".product-picture img.picture");

        await screen.Page.GotoAsync($"/products?search={product}");
        await Shown("tr[data-index='0'] img.picture");
        await screen.Page.GotoAsync($"/orders/{id}/traveller");
        await Shown(".paper img.picture");
        screen.Errors.ShouldBeEmpty();

        async Task Shown(string place)
        {
            var picture = screen.Page.Locator(place);
            await Expect(picture).ToBeVisibleAsync();
            await Expect(picture).ToHaveJSPropertyAsync("naturalWidth", 1);
        }
    }
}
