namespace Mes.EndToEnd.Tests;

/// <summary>The distributed edition, started once for all its tests.</summary>
public sealed class DistributedInstallation : IAsyncDisposable
{
    DistributedEdition? _edition;
    TraceReceiver? _traces;

    /// <summary>What the installation's services send by OTLP.</summary>
    internal TraceReceiver Traces => _traces ?? throw new InvalidOperationException("start it first");

    /// <summary>Starts it at the first call; skips the test where it cannot run.</summary>
    public async Task<DistributedEdition> Started()
    {
        if (_edition is not null) return _edition;
        _traces ??= await TraceReceiver.Start();
        _edition = await DistributedEdition.Start(_traces.Address);
        await PlanningIsQuick.Set(_edition);
        return _edition;
    }

    public async ValueTask DisposeAsync()
    {
        if (_edition is not null) await _edition.DisposeAsync();
        if (_traces is not null) await _traces.DisposeAsync();
    }
}

public sealed class DistributedTests(DistributedInstallation installation) : IClassFixture<DistributedInstallation>
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    [RabbitMqFact]
    public async Task An_order_goes_its_whole_way()
    {
        using var api = await Connect();
        await new MainFlow(api).Run();
    }

    [RabbitMqFact]
    public async Task One_trace_follows_a_command_from_the_gateway_to_another_service_s_database()
    {
        using var api = await Connect();
        var traceId = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        var product = $"TRACED-{traceId[..8]}";
        var answer = await api.Send(HttpMethod.Put, $"work-orders/products/{product}", new { name = "Traced", unit = "pcs" },
            traceParent: $"00-{traceId}-00000000000000ab-01");
        answer.Status.ShouldBe(System.Net.HttpStatusCode.OK, answer.Text);

        await Poll.Until(() => Has("gateway", "Microsoft.AspNetCore") && Has("work-orders", "Microsoft.AspNetCore")
            && Has("work-orders", "Npgsql") && Has("work-orders", "MassTransit")
            && Has("inventory", "MassTransit") && Has("inventory", "Npgsql"), Bound,
            "spans of gateway, service, broker, consumer and SQL");

        bool Has(string service, string source) =>
            installation.Traces.Spans.Any(span => span.TraceId == traceId && span.Service == service && span.Source == source);
    }

    [RabbitMqFact]
    public async Task No_trace_begins_with_a_statement()
    {
        using var api = await Connect();
        var product = $"POLLED-{Guid.NewGuid():n}";
        await api.Define("work-orders/products", new { code = product, name = "Polled", unit = "pcs" });
        await Poll.Until(() => installation.Traces.Spans.Any(span => span is { Service: "inventory", Source: "Npgsql" }),
            Bound, "a span of SQL");      // by then every service has polled for a while
        installation.Traces.Spans.Where(span => span is { Source: "Npgsql" or "System.Net.Http", IsRoot: true }).ShouldBeEmpty();
    }

    [RabbitMqFact]
    public async Task What_Quality_decides_on_pieces_counts_the_same_in_every_service()
    {
        using var api = await Connect();
        await new JudgementFlow(api).Run();
    }

    [RabbitMqFact]
    public async Task The_plan_stands_on_a_calendar_within_a_minute_of_its_change()
    {
        using var api = await Connect();
        await new CalendarFlow(api).Run();
    }

    [RabbitMqFact]
    public async Task A_terminal_acts_at_the_units_of_its_work_center()
    {
        var edition = await installation.Started();
        await BindingFlow.Run(edition.Gateway, await edition.ApiKey());
    }

    [RabbitMqFact]
    public async Task The_progress_of_a_planning_run_is_heard_live()
    {
        using var api = await Connect();
        await PlanningHeardLive.Run(api);
    }

    [RabbitMqFact]
    public async Task What_a_killed_service_missed_reaches_it_when_it_is_back()
    {
        using var api = await Connect();
        var edition = await installation.Started();
        var product = $"MISSED-{Guid.NewGuid():n}";
        await edition.Kill("inventory");
        await api.Define("work-orders/products", new { code = product, name = "Missed", unit = "pcs" });
        await edition.Restart("inventory");
        await Poll.Until(async () => (await api.Get($"inventory/materials/{product}")).Text("name") == "Missed", Bound, product);
    }

    async Task<Api> Connect()
    {
        var edition = await installation.Started();
        return new Api(edition.Gateway, await edition.ApiKey());
    }
}
