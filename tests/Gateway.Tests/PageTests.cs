using Mes.Web;
using Mes.Web.Commands;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests;

public sealed class PageTests(Installation plant)
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/health/live", "text/plain")]
    [InlineData("/health/ready", "application/json")]
    public async Task A_page_is_served_to_everybody_with_its_security_headers(string path, string mediaType)
    {
        using var client = plant.Gateway.Client();
        await client.UntilReadyAsync();

        var answer = await client.GetAsync(path);

        answer.Status.ShouldBe(200, answer.Text);
        answer.Message.Content.Headers.ContentType!.MediaType.ShouldBe(mediaType);
        ShouldBeGuarded(answer);
    }

    [Theory]
    [InlineData("/openapi")]
    [InlineData("/openapi/")]
    [InlineData("/openapi/index.html")]
    public async Task The_page_of_the_API_leads_strangers_to_the_sign_in(string path)
    {
        using var client = plant.Gateway.Client();
        var answer = await client.GetAsync(path);
        answer.Status.ShouldBe(302);
        answer.Message.Headers.Location!.ToString().ShouldBe("/sign-in?next=openapi");
        var page = await plant.Admin.GetAsync(path);
        page.Status.ShouldBe(200);
        page.Text.ShouldContain("/openapi/scalar.js");
        ShouldBeGuarded(page);
    }

    [Fact]
    public void What_an_exception_says_is_shown_to_nobody()
    {
        HealthReportEntry Ill(Exception? failure) => new(HealthStatus.Unhealthy, "at 10.0.0.5", TimeSpan.Zero, failure, null);

        HealthReportWriter.Why(Ill(new InvalidOperationException("at 10.0.0.5")))!.ShouldNotContain("10.0.0.5");
        HealthReportWriter.Why(Ill(null)).ShouldBe("at 10.0.0.5"); // in the check's own words
    }

    [Fact]
    public async Task Answers_of_services_and_refusals_are_guarded_too()
    {
        using var stranger = plant.Gateway.Client();
        ShouldBeGuarded(await stranger.GetAsync("/api/inventory/echo"));
        ShouldBeGuarded(await plant.Admin.GetAsync("/api/inventory/echo"));
        ShouldBeGuarded(await plant.Admin.GetAsync("/api/identity/nothing-here"));
    }

    [Fact]
    public async Task No_page_has_a_script_or_style_in_itself_or_from_elsewhere()
    {
        var pages = new[] { "wwwroot", "openapi" }.SelectMany(folder => Directory.GetFiles(
            Path.Combine(AppContext.BaseDirectory, folder), "*.html", SearchOption.AllDirectories)).ToList();
        pages.Count.ShouldBeGreaterThan(1);
        foreach (var page in pages)
        {
            var text = await File.ReadAllTextAsync(page);
            text.ShouldNotContain("<style");
            text.ShouldNotContain("style=");
            text.ShouldNotContain("http://");
            text.ShouldNotContain("https://");
            foreach (var script in text.Split("<script").Skip(1)) script.Split('>')[0].ShouldContain("src=");
        }
    }

    [Fact]
    public async Task The_page_of_the_API_shows_every_document()
    {
        var page = await plant.Admin.GetAsync("/openapi/page.js");
        var documents = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "openapi"), "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToList();
        documents.Count.ShouldBe(6);
        foreach (var name in documents)
        {
            page.Text.ShouldContain($"'{name}'");
            var document = await plant.Admin.GetAsync($"/openapi/{name}.json");
            document.Status.ShouldBe(200, document.Text);
            document.Message.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
            ((string?)document.Json["openapi"]).ShouldStartWith("3.");
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task The_script_of_the_page_is_served_as_the_browser_can_read_it(string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/scalar.js");
        request.Headers.Add("Accept-Encoding", encoding);
        var script = await plant.Admin.SendAsync(request);
        script.Status.ShouldBe(200);
        script.Message.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        script.Message.Content.Headers.ContentEncoding.Contains("gzip").ShouldBe(encoding == "gzip");
        script.Text.Contains("createApiReference", StringComparison.Ordinal).ShouldBe(encoding != "gzip");
    }

    [Theory]
    [InlineData("/openapi/nothing.json")]
    [InlineData("/openapi/..%2Fappsettings.json")]
    public async Task Nothing_else_lies_beside_the_documents(string path) =>
        (await plant.Admin.GetAsync(path)).Status.ShouldBe(404);

    static void ShouldBeGuarded(Answer answer)
    {
        var policy = answer.Message.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("script-src");
        answer.Message.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Message.Headers.GetValues("X-Frame-Options").Single().ShouldBe("DENY");
        answer.Message.Headers.Contains("Server").ShouldBeFalse();
    }
}
