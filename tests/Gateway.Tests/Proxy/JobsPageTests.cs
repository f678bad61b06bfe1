using Hangfire;
using Mes.Jobs;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Npgsql;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Mes.Gateway.Tests.Proxy;

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
    IPlaywright? _playwright;
    IBrowser? _browser;
    IPage _page = null!;
    readonly List<string> _errors = [];

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("quality");
        _service = await StartServiceAsync();
        _gateway = await GatewayHost.StartAsync(
            plant.Database, plant.Clock, ("Services:quality", GatewayHost.AddressOf(_service).ToString()));
    }

    /// <summary>A browser, for whoever looks at a page.</summary>
    async Task OpenAsync()
    {
        // what a page shows is what there was when it was loaded
        await ShownAsync(_database, "server", "true", 1);
        await ShownAsync(_database, "set", "key = 'recurring-jobs'", 2);
        await ShownAsync(plant.Database, "set", "(key, value) = ('recurring-jobs', 'sweep-sessions')", 1);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium.Executable, Args = ["--no-sandbox"] });
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = _gateway.Address.ToString(), Locale = "en", ViewportSize = new() { Width = 1280, Height = 800 }
        });
        _page = await context.NewPageAsync();
        SetDefaultExpectTimeout(60_000);
        _page.SetDefaultTimeout(60_000);
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
        await PressAsync("button.js-jobs-list-command");
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

    [ChromiumFact]
    public async Task Every_button_pressed_leaves_an_entry_with_who_pressed_it_and_a_run_links_to_what_it_is_about()
    {
        var user = await SignInAsync("administrator");
        await _page.GotoAsync("/jobs/quality/recurring");
        var before = CountedJob.Runs;
        await _page.Locator("tr", new() { HasText = "count" }).Locator("input[type=checkbox]").CheckAsync();
        await PressAsync("button.js-jobs-list-command");
        await Poll.Until(() => Task.FromResult(CountedJob.Runs == before + 1), TimeSpan.FromMinutes(1), "the job runs");
        (await TrailAsync(_database)).ShouldBe(
            [$"{user} POST /jobs/quality/recurring/trigger job_schedule count /recurring/trigger"]);

        var job = await QueryAsync(_database, "SELECT max(id)::text FROM hangfire.job");
        await _page.GotoAsync($"/jobs/quality/jobs/details/{job}");
        await Expect(_page.Locator("a[href='/api/quality/counts/4711']")).ToHaveCountAsync(1);
        await PictureAsync("details");
        await PressAsync("button[data-ajax*='requeue']");
        await Poll.Until(() => Task.FromResult(CountedJob.Runs == before + 2), TimeSpan.FromMinutes(1), "the job runs again");
        (await TrailAsync(_database)).Last().ShouldBe(
            $"{user} POST /jobs/quality/jobs/actions/requeue/{job} job {job} /jobs/actions/requeue/{job}");

        await _page.GotoAsync("/jobs/identity/recurring");
        await _page.Locator("tr", new() { HasText = "sweep-sessions" }).Locator("input[type=checkbox]").CheckAsync();
        await PressAsync("button.js-jobs-list-command");
        await Poll.Until(async () => (await TrailAsync(plant.Database)).Contains(
                $"{user} POST /jobs/identity/recurring/trigger job_schedule sweep-sessions /recurring/trigger"),
            TimeSpan.FromMinutes(1), "the gateway's own trail tells of it");
        _errors.ShouldBeEmpty();
    }

    // the page loads itself again after it, which a navigation meanwhile would be interrupted by
    async Task PressAsync(string button)
    {
        var page = _page.Url;
        await _page.RunAndWaitForResponseAsync(() => _page.Locator(button).First.ClickAsync(),
            answer => answer.Request.Method == "GET" && answer.Url == page);
        await _page.WaitForLoadStateAsync();
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
        (answer.Status, answer.Message.Headers.Location!.ToString()).ShouldBe((302, "/sign-in?next=jobs"));
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
        (await TrailAsync(_database)).ShouldBeEmpty();
    }

    /// <summary>The engine looks neither at the method nor at the case of a path, and wants a token for POST alone.</summary>
    [Theory]
    [InlineData("GET", "recurring/trigger")]
    [InlineData("PUT", "recurring/trigger")]
    [InlineData("GET", "RECURRING/trigger/")]
    [InlineData("POST", "RECURRING/trigger/")]
    public async Task A_button_is_pressed_by_its_page_alone(string method, string button)
    {
        using var planner = await SignedInAsync("planner");
        foreach (var service in new[] { "quality", "identity" })
        {
            var address = new Uri(_gateway.Address, $"/jobs/{service}/{button}");
            using var request = new HttpRequestMessage(new HttpMethod(method), address)
            {
                Content = new FormUrlEncodedContent([new("jobs[]", "count"), new("jobs[]", "sweep-sessions")])
            };
            (await planner.SendAsync(request)).Status.ShouldBeOneOf(403, 405);
            (await planner.GetAsync($"/jobs/{service}/jobs/actions/requeue/1")).Status.ShouldBe(405);
        }
        (await QueryAsync(_database,
            "SELECT count(*)::text FROM hangfire.jobparameter WHERE (name, value) = ('RecurringJobId', '\"count\"')"))
            .ShouldBe("0");
        (await TrailAsync(_database)).ShouldBeEmpty();
    }

    static Task ShownAsync(TestDatabase database, string table, string which, int count) => Poll.Until(
        async () => await QueryAsync(database, $"SELECT count(*)::text FROM hangfire.{table} WHERE {which}") == $"{count}",
        TimeSpan.FromMinutes(2), $"the {table} has {count} of: {which}");

    /// <summary>What the trail tells of jobs: by whom, by which button, of what.</summary>
    static async Task<string[]> TrailAsync(TestDatabase database) => (await QueryAsync(database,
        """
        SELECT coalesce(string_agg(concat_ws(' ', actor_name, action, change->>'table', change->>'key', change->'new'->>'Asked'),
            E'\n' ORDER BY id), '') FROM audit, jsonb_array_elements(changes) change WHERE action LIKE 'POST /jobs/%'
        """)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    static async Task<string> QueryAsync(TestDatabase database, string sql)
    {
        await using var owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var command = owner.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
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
            .Add<CountedJob>("count", new JobSchedule("count", "0 0 1 1 *", MisfireHandlingMode.Ignorable, "4711"))
            .Link("count", argument => $"/api/quality/counts/{argument}");
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapJobs<PagesDb>();
        await using (var owner = NpgsqlDataSource.Create(_database.OwnerConnectionString))
        await using (var tables = owner.CreateCommand(MesSchema.Sql + MesSchema.Grants()))
        {
            await tables.ExecuteNonQueryAsync();
        }
        await app.MigrateAll();
        await app.StartAsync();
        return app;
    }

    async Task<string> SignInAsync(params string[] roles)
    {
        await OpenAsync();
        var user = await plant.CreateUserAsync(roles);
        var answer = await _page.APIRequest.PostAsync(
            "/api/identity/sign-in", new() { DataObject = new { userName = user.Name, password = user.Password } });
        answer.Status.ShouldBe(200);
        return "Display of " + user.Name;
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
