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

        var answer = await client.GetAsync(path);

        answer.Status.ShouldBe(200, answer.Text);
        answer.Message.Content.Headers.ContentType!.MediaType.ShouldBe(mediaType);
        ShouldBeGuarded(answer);
    }

    [Fact]
    public async Task The_page_of_the_API_leads_strangers_to_the_sign_in()
    {
        using var client = plant.Gateway.Client();
        var answer = await client.GetAsync("/openapi/index.html");
        answer.Status.ShouldBe(302);
        answer.Message.Headers.Location!.ToString().ShouldBe("/?next=openapi");
        var page = await plant.Admin.GetAsync("/openapi/index.html");
        page.Status.ShouldBe(200);
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
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var pages = Directory.GetFiles(folder, "*.html", SearchOption.AllDirectories);
        pages.ShouldNotBeEmpty();
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

    [Theory]
    [InlineData("identity")]
    [InlineData("work-orders")]
    [InlineData("scheduling")]
    [InlineData("quality")]
    [InlineData("inventory")]
    [InlineData("equipment")]
    [InlineData("erp")]
    public async Task The_page_of_the_API_shows_every_service(string service)
    {
        var settings = await plant.Admin.GetAsync("/openapi/index.js");
        settings.Text.ShouldContain($"/api/{service}/openapi.json");

        var document = await plant.Admin.GetAsync($"/api/{service}/openapi.json");
        document.Status.ShouldBe(200, document.Text);
        ((string?)document.Json["openapi"]).ShouldStartWith("3.");
    }

    [Fact]
    public async Task The_gateway_describes_its_own_operations()
    {
        var document = (await plant.Admin.GetAsync("/api/identity/openapi.json")).Json;
        var paths = document["paths"]!.AsObject();
        document["servers"].ShouldBeNull(); // it holds for the address it was read from

        paths.ShouldContainKey("/api/identity/sign-in");
        paths.ShouldContainKey("/api/identity/users/{id}/roles");
        paths.ShouldContainKey("/api/live");
        ((string?)paths["/api/live"]!["get"]!["tags"]![0]).ShouldBe("live");
    }

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
