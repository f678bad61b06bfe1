using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mes.Browser.Tests;

/// <summary>What axe finds on a page.</summary>
static class Accessibility
{
    static readonly string Axe = File.ReadAllText(Path.Combine(Repository.Root, "gateway/web/node_modules/axe-core/axe.min.js"));

    const string Check = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
            .map(rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ')}`)
        """;

    /// <summary>One line for each rule that is broken, once the tips that the mouse left behind are gone.</summary>
    public static async Task<string[]> FindingsAsync(IPage page)
    {
        await Expect(page.Locator(".ant-tooltip:visible")).ToHaveCountAsync(0);
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(Check);
    }
}
