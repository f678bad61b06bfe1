using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Mes.EndToEnd.Tests;

/// <summary>The standalone edition, started once for the tests that leave it as it is.</summary>
public sealed class StandaloneInstallation : IAsyncDisposable
{
    StandaloneEdition? _edition;

    /// <summary>Its port on the LAN.</summary>
    public int HttpsPort { get; } = StandaloneEdition.FindPort();

    /// <summary>Starts it at the first call.</summary>
    public async Task<StandaloneEdition> Started()
    {
        if (_edition is not null) return _edition;
        _edition = await StandaloneEdition.Start("--https", $"{HttpsPort}");
        await PlanningIsQuick.Set(_edition);
        return _edition;
    }

    public async ValueTask DisposeAsync()
    {
        if (_edition is not null) await _edition.DisposeAsync();
    }
}

public sealed class StandaloneTests(StandaloneInstallation installation) : IClassFixture<StandaloneInstallation>
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);
    static readonly TimeSpan UnreadyBound = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task An_order_goes_its_whole_way()
    {
        using var api = await Connect();
        await new MainFlow(api).Run();
    }

    [Fact]
    public async Task What_Quality_decides_on_pieces_counts_the_same_in_every_service()
    {
        using var api = await Connect();
        await new JudgementFlow(api).Run();
    }

    [Fact]
    public async Task The_plan_stands_on_a_calendar_within_a_minute_of_its_change()
    {
        using var api = await Connect();
        await new CalendarFlow(api).Run();
    }

    [Fact]
    public async Task A_terminal_acts_at_the_units_of_its_work_center()
    {
        var edition = await installation.Started();
        await BindingFlow.Run(edition.Gateway, await edition.ApiKey());
    }

    [Fact]
    public async Task The_progress_of_a_planning_run_is_heard_live()
    {
        using var api = await Connect();
        await PlanningHeardLive.Run(api);
    }

    [Fact]
    public async Task A_second_instance_on_the_same_data_refuses_to_start()
    {
        var edition = await installation.Started();
        var (exitCode, said) = await edition.StartSecondInstance();
        exitCode.ShouldBe(1);
        said.ShouldContain("already in use");
        using var api = await Connect();
        // and the first one is none the worse; where a test before has cut its connections, it is the next request that sees it
        await Poll.Until(async () => await api.Get("work-orders/products") is not null, Bound, "it answers");
    }

    [Fact]
    public async Task A_port_in_use_is_named_before_anything_is_started()
    {
        var edition = await installation.Started();
        using var folder = TestFolder.Create("other");
        var (exitCode, said) = await edition.StartSecondInstance(folder.Path, edition.Gateway.Port);
        exitCode.ShouldBe(1);
        said.Trim().Split('\n')[^1].ShouldStartWith($"Mes cannot start: port {edition.Gateway.Port} cannot be used");
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mistyped_option_is_named()
    {
        var edition = await installation.Started();
        var (exitCode, said) = await edition.StartSecondInstance(options: ["--prot", "8081"]);
        exitCode.ShouldBe(1);
        said.ShouldContain("'--prot' is no option");
    }

    [Fact]
    public async Task On_an_external_PostgreSQL_it_goes_on_after_kill_9_and_refuses_a_second_installation()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var edition = await StandaloneEdition.Start("--postgres", server.AdminConnectionString);
        using var api = new Api(edition.Gateway, await edition.ApiKey());
        await api.Define("work-orders/products", new { code = "KEPT", name = "Kept", unit = "pcs" });
        using var folder = TestFolder.Create("other");
        var (exitCode, said) = await edition.StartSecondInstance(folder.Path);
        exitCode.ShouldBe(1);
        said.ShouldContain("already in use by another running installation");
        await edition.Kill(StandaloneEdition.Mes);
        await edition.Restart(StandaloneEdition.Mes);
        using var again = new Api(edition.Gateway, await edition.ApiKey());
        await Poll.Until(async () => (await again.Get("inventory/materials/KEPT")).Text("name") == "Kept", Bound, "KEPT");
    }

    [Fact]
    public async Task A_device_that_trusts_the_authority_reaches_it_by_https()
    {
        var edition = await installation.Started();
        using var plain = new HttpClient { BaseAddress = edition.Gateway };
        using var authority = X509CertificateLoader.LoadCertificate(await plain.GetByteArrayAsync("/trust.crt"));
        using var trusting = Trusting(authority);
        foreach (var host in new[] { "localhost", Dns.GetHostName() })
        {
            using var answer = await trusting.GetAsync($"https://{host}:{installation.HttpsPort}/health/ready");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, host);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("consumers");      // those of the services behind it
        }
    }

    [Fact]
    public async Task A_device_that_does_not_trust_the_authority_refuses_it()
    {
        await installation.Started();
        using var device = new HttpClient();
        var refused = await Should.ThrowAsync<HttpRequestException>(
            () => device.GetAsync($"https://localhost:{installation.HttpsPort}/health/ready"));
        refused.HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_in_good_order_and_the_next_start_goes_on_with_its_data()
    {
        var edition = await installation.Started();
        using var api = await Connect();
        var answered = await DefineProductsDuring(api, edition.PressCtrlC);
        await edition.Restart(StandaloneEdition.Mes);
        using var again = await Connect();          // with the key made before
        foreach (var product in answered)
        {
            await Poll.Until(async () => (await again.Get($"inventory/materials/{product}")).Text("name") == product, Bound,
                product);
        }
    }

    [Fact]
    public async Task It_survives_kill_9_of_itself_and_of_its_database()
    {
        var edition = await installation.Started();
        using var api = await Connect();
        await api.Define("work-orders/products", new { code = "KEPT", name = "Kept", unit = "pcs" });
        await edition.Kill(StandaloneEdition.Mes);
        await edition.Restart(StandaloneEdition.Mes);
        await edition.Kill(StandaloneEdition.Database);     // which it starts again
        await edition.Restart(StandaloneEdition.Database);
        using var again = await Connect();
        await Poll.Until(async () => (await again.Get("inventory/materials/KEPT")).Text("name") == "Kept", Bound, "KEPT");
        await EveryServiceGoesOn(again);
    }

    /// <summary>The first that asks a service after an outage may be told of it: no test after this one.</summary>
    static Task EveryServiceGoesOn(Api api) => Poll.Until(async () =>
    {
        await new Shop(api).Define();
        await PlanningIsQuick.Set(api);
        return true;
    }, Bound, "every service takes commands");

    [Fact]
    public async Task A_frozen_database_is_told_in_time_and_all_goes_on_when_it_does()
    {
        var edition = await installation.Started();
        using var http = new HttpClient { BaseAddress = edition.Gateway };
        using (await http.GetAsync("/health/ready"))
        {
            // the connection is there: what is measured is the answer
        }
        await edition.FreezeDatabase();
        try
        {
            for (var (asks, inTime) = (1, 0); inTime < 2; asks++)
            {
                asks.ShouldBeLessThan(6, "beside other suites an answer may be late, not each");
                var asked = Stopwatch.StartNew();
                using var answer = await http.GetAsync("/health/ready");
                if (asked.Elapsed < UnreadyBound + TimeSpan.FromSeconds(1)) inTime++;
                answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                (await answer.Content.ReadAsStringAsync()).ShouldContain("not-answering");
            }
        }
        finally
        {
            await edition.ThawDatabase();
        }
        await Poll.Until(async () =>
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }, Bound, "it is ready again");
        using var api = await Connect();
        var code = $"THAWED-{Guid.NewGuid():n}";
        await api.Define("work-orders/products", new { code, name = "Thawed", unit = "pcs" });
        await Poll.Until(async () => (await api.Get($"inventory/materials/{code}")).Text("name") == "Thawed", Bound, code);
    }

    /// <summary>Defines products without a pause while something ends the installation.</summary>
    /// <returns>The codes of those that were taken.</returns>
    static async Task<IReadOnlyCollection<string>> DefineProductsDuring(Api api, Func<Task<int>> end)
    {
        var answered = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var lanes = Enumerable.Range(0, 4).Select(_ => DefineUntilRefused(api, answered)).ToList();
        await Poll.Until(() => answered.Count >= 10, Bound, "the first products");
        (await end()).ShouldBe(0);
        await Task.WhenAll(lanes);
        return answered;
    }

    static async Task DefineUntilRefused(Api api, System.Collections.Concurrent.ConcurrentQueue<string> answered)
    {
        try
        {
            while (true)
            {
                var code = Guid.NewGuid().ToString("n");
                var answer = await api.Send(HttpMethod.Put, $"work-orders/products/{code}", new { name = code, unit = "pcs" });
                if (answer.Status == HttpStatusCode.ServiceUnavailable) return;     // it takes no more
                answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
                answered.Enqueue(code);
            }
        }
        catch (HttpRequestException)
        {
            // nobody listens any more
        }
    }

    static HttpClient Trusting(X509Certificate2 authority) => new(new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,    // an authority without the internet publishes no lists
            }
        }
    });

    async Task<Api> Connect()
    {
        var edition = await installation.Started();
        return new Api(edition.Gateway, await edition.ApiKey());
    }
}
