using System.Net.Http.Json;
using System.Text.Json;
using Mes.Tests.Editions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

[assembly: AssemblyFixture(typeof(Mes.Browser.Tests.DemoPlant))]

namespace Mes.Browser.Tests;

/// <summary>The standalone edition with its demo plant, and a browser, for all tests of the screens.</summary>
public sealed class DemoPlant : IAsyncLifetime
{
    static readonly TimeSpan ReadyBound = TimeSpan.FromMinutes(5);
    static readonly float Patience = 60_000;     // two cores may have another suite and two browsers to serve

    StandaloneEdition _edition = null!;
    IPlaywright _playwright = null!;
    IBrowser _browser = null!;

    public Uri Address => _edition.Gateway;

    /// <summary>The administrator, as a program.</summary>
    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is null) return;
        SetDefaultExpectTimeout(Patience);
        _edition = await StandaloneEdition.Start("--demo");
        await Poll.Until(() => _edition.Said(StandaloneEdition.Mes).Contains("Mes demo is ready"), ReadyBound,
            "the demo is ready");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium.Executable, Args = ["--no-sandbox", "--disable-gpu"] });
        Http = new HttpClient { BaseAddress = Address };
        var answer = await Http.PostAsJsonAsync("/api/identity/sign-in", await AccountAsync("administrator"));
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        Http?.Dispose();
        if (_edition is not null) await _edition.DisposeAsync();
    }

    /// <summary>A browser of its own for a test: its errors are kept, in the language and colours that are asked for.</summary>
    public Task<Screen> OpenAsync(string language = "en", bool isDark = false) => OpenAtAsync(Address, language, isDark);

    /// <summary>The same for another installation.</summary>
    public async Task<Screen> OpenAtAsync(Uri address, string language = "en", bool isDark = false)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(), Locale = language, ViewportSize = new() { Width = 1280, Height = 800 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light, AcceptDownloads = true,
        });
        context.SetDefaultTimeout(Patience);
        return new Screen(context, await context.NewPageAsync());
    }

    /// <summary>
    /// A browser that keeps what it has in a folder, as one on a terminal does; it may begin without a network.
    /// </summary>
    public async Task<Screen> OpenKeptAsync(string folder, bool isOffline = false)
    {
        var context = await _playwright.Chromium.LaunchPersistentContextAsync(folder, new()
        {
            ExecutablePath = Chromium.Executable, Args = ["--no-sandbox", "--disable-gpu"], BaseURL = Address.ToString(),
            Locale = "en", ViewportSize = new() { Width = 1280, Height = 800 }, Offline = isOffline,
        });
        context.SetDefaultTimeout(Patience);
        return new Screen(context, context.Pages[0]);
    }

    /// <summary>A browser in which somebody of this role has signed in.</summary>
    public async Task<Screen> OpenAsAsync(string role, string language = "en", bool isDark = false)
    {
        var screen = await OpenAsync(language, isDark);
        var account = await AccountAsync(role);
        var answer = await screen.Page.APIRequest.PostAsync("/api/identity/sign-in", new() { DataObject = account });
        answer.Ok.ShouldBeTrue(await answer.TextAsync());
        return screen;
    }

    /// <summary>What the API answers.</summary>
    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Does something as the administrator.</summary>
    public Task<JsonElement> PostAsync(string path, object body) => DoAsync(HttpMethod.Post, path, body);

    /// <summary>Says what there is, as the administrator.</summary>
    public Task<JsonElement> PutAsync(string path, object body) => DoAsync(HttpMethod.Put, path, body);

    async Task<JsonElement> DoAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return text.Length > 0 ? JsonDocument.Parse(text).RootElement : default;
    }

    /// <summary>The name and the password of the demo's account of a role.</summary>
    public async Task<(string UserName, string Password)> SecretOfAsync(string role)
    {
        using var stranger = new HttpClient { BaseAddress = Address };
        var accounts = await stranger.GetFromJsonAsync<Account[]>("/api/identity/demo-accounts");
        var (userName, password, _) = accounts!.Single(account => account.Role == role);
        return (userName, password);
    }

    async Task<object> AccountAsync(string role)
    {
        var (userName, password) = await SecretOfAsync(role);
        return new { userName, password };
    }

    sealed record Account(string UserName, string Password, string Role);
}

/// <summary>A page, with what went wrong on it.</summary>
public sealed class Screen(IBrowserContext context, IPage page) : IAsyncDisposable
{
    readonly List<string> _errors = Listen(page);

    public IPage Page => page;

    /// <summary>Exceptions, refused styles and scripts, and answers of servers that are defects.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public IBrowserContext Context => context;

    public ValueTask DisposeAsync() => context.DisposeAsync();

    static List<string> Listen(IPage page)
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400 && answer.Status != 401) errors.Add($"{answer.Status} {answer.Url}");
        };
        page.Console += (_, line) =>
        {
            if (line.Text.Contains("Content Security Policy")) errors.Add(line.Text);
        };
        return errors;
    }
}
