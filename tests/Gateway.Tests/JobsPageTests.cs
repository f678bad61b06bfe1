using Hangfire;
using Mes.Hosting;
using Mes.Hosting.Auth;
using Mes.Jobs;
using Mes.Messaging;
using Mes.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Mes.Gateway.Tests;

/// <summary>The database of a service that has jobs and nothing else.</summary>
public sealed class PagesDb(DbContextOptions<PagesDb> options) : MesDbContext(options);

/// <summary>Counts how often it ran.</summary>
public sealed class CountedJob : IJob
{
    static int _runs;

    public static int Runs => Volatile.Read(ref _runs);

    public Task Run(JobCall call, CancellationToken stop)
    {
        Interlocked.Increment(ref _runs);
        return Task.CompletedTask;
    }
}

/// <summary>The pages of the jobs, of a service and of the gateway itself, as they are seen through the gateway.</summary>
public sealed class JobsPageTests(Installation plant) : IAsyncLifetime
{
    TestDatabase _database = null!;
    WebApplication _service = null!;
    GatewayHost _gateway = null!;
    IPlaywright _playwright = null!;
    IBrowser _browser = null!;
    IPage _page = null!;
    readonly List<string> _errors = [];

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("quality");
        _service = await StartServiceAsync();
        _gateway = await GatewayHost.StartAsync(
            plant.Database, plant.Clock, ("Services:quality", GatewayHost.AddressOf(_service).ToString()));
        if (ChromiumFactAttribute.Executable is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = ChromiumFactAttribute.Executable, Args = ["--no-sandbox"] });
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = _gateway.Address.ToString(), Locale = "en", ViewportSize = new() { Width = 1280, Height = 800 }
        });
        _page = await context.NewPageAsync();
        SetDefaultExpectTimeout(60_000);
        _page.PageError += (_, error) => _errors.Add(error);
        _page.Console += (_, line) =>
        {
            if (line.Text.Contains("Content Security Policy")) _errors.Add(line.Text);
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _gateway.DisposeAsync();
        await _service.StopAsync();
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [ChromiumFact]
    public async Task An_administrator_sees_servers_and_schedules_and_runs_one_now()
    {
        await SignInAsync("administrator");
        await _page.GotoAsync("/");
        await Expect(_page.Locator("#jobs")).ToHaveAttributeAsync("href", "/jobs");

        await _page.GotoAsync("/jobs/quality/servers");
        await Expect(_page.Locator("table tbody tr")).ToHaveCountAsync(1);
        await Expect(_page.Locator("table tbody")).ToContainTextAsync("quality:");
        await PictureAsync("servers");
        await _page.GotoAsync("/jobs/quality/recurring");
        await Expect(_page.Locator("table tbody")).ToContainTextAsync("count");
        await Expect(_page.Locator("table tbody")).ToContainTextAsync("clean-up");

        var before = CountedJob.Runs;
        await _page.Locator("tr", new() { HasText = "count" }).Locator("input[type=checkbox]").CheckAsync();
        await _page.Locator("button.js-jobs-list-command").First.ClickAsync();
        await Poll.Until(() => Task.FromResult(CountedJob.Runs == before + 1), TimeSpan.FromMinutes(1), "the job runs");
        await Poll.Until(async () =>
        {
            await _page.GotoAsync("/jobs/quality/jobs/succeeded");
            return await _page.Locator("table tbody", new() { HasText = "count" }).CountAsync() == 1;
        }, TimeSpan.FromMinutes(1), "the run is listed as succeeded");
        await PictureAsync("succeeded");

        await _page.ClickAsync("a[href='/jobs/identity']");
        await Expect(_page.Locator(".navbar-brand")).ToContainTextAsync("identity");
        await _page.GotoAsync("/jobs/identity/recurring");
        await Expect(_page.Locator("table tbody")).ToContainTextAsync("sweep-sessions");
        await PictureAsync("recurring");
        _errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_may_not_run_jobs_is_refused_everywhere()
    {
        using var operatorClient = await SignedInAsync("operator");
        foreach (var path in new[] { "/jobs/quality", "/jobs/quality/recurring", "/jobs/identity", "/jobs/identity/servers" })
        {
            (await operatorClient.GetAsync(path)).Status.ShouldBe(403, path);
        }
        using var stranger = _gateway.Client();
        var answer = await stranger.GetAsync("/jobs");
        (answer.Status, answer.Message.Headers.Location!.ToString()).ShouldBe((302, "/?next=jobs"));
    }

    [Fact]
    public async Task A_button_pressed_without_the_token_of_its_page_does_nothing()
    {
        using var planner = await SignedInAsync("planner");
        var before = CountedJob.Runs;
        foreach (var service in new[] { "quality", "identity" })
        {
            (await planner.SendTextAsync(HttpMethod.Post, $"/jobs/{service}/recurring/trigger", "{}")).Status
                .ShouldBeGreaterThanOrEqualTo(400);
        }
        CountedJob.Runs.ShouldBe(before);
    }

    async Task<WebApplication> StartServiceAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:quality"] = _database.AppConnectionString,
            ["ConnectionStrings:quality-owner"] = _database.OwnerConnectionString,
            ["Mes:TicketKey"] = GatewayHost.TicketKey
        });
        builder.Services.AddSingleton<TimeProvider>(plant.Clock);
        builder.Services.AddTicketAuthentication(builder.Configuration);
        builder.Services.AddServiceDatabase<PagesDb>("quality", builder.Configuration);
        builder.AddJobs<PagesDb>("quality")
            .Add<CountedJob>("count", new JobSchedule("count", "0 0 1 1 *", MisfireHandlingMode.Ignorable));
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapJobs<PagesDb>();
        await app.MigrateAll();
        await app.StartAsync();
        return app;
    }

    async Task SignInAsync(params string[] roles)
    {
        var user = await plant.CreateUserAsync(roles);
        var answer = await _page.APIRequest.PostAsync(
            "/api/identity/sign-in", new() { DataObject = new { userName = user.Name, password = user.Password } });
        answer.Status.ShouldBe(200);
    }

    async Task<TestClient> SignedInAsync(params string[] roles)
    {
        var user = await plant.CreateUserAsync(roles);
        var client = _gateway.Client();
        (await client.PostAsync("sign-in", new { userName = user.Name, password = user.Password })).Status.ShouldBe(200);
        return client;
    }

    /// <summary>Kept where somebody wants to look at it.</summary>
    async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("MES_TEST_PICTURES") is { } folder)
            await _page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"jobs-{name}.png") });
    }
}
