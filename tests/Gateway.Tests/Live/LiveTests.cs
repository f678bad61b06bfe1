using System.Collections.Frozen;
using System.Diagnostics;
using Mes.Gateway.Live;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests.Live;

public sealed class LiveTests(Installation plant)
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    LiveEvents Live => plant.Gateway.Services.GetRequiredService<LiveEvents>();

    [Fact]
    public async Task A_screen_hears_what_happens_with_its_id()
    {
        using var client = await plant.SignInAsync(await plant.CreateUserAsync("operator"));
        using var stream = await client.ListenAsync();
        await ReadBlockAsync(stream, block => block.StartsWith(": connected"));

        Live.Publish("ProductionReported", "{\n\"good\":5}");
        var id = Live.LastId;

        var block = await ReadBlockAsync(stream, block => block.Contains("ProductionReported"));
        block.ShouldBe($"id: {id}\nevent: ProductionReported\ndata: {{ \"good\":5}}");
    }

    [Fact]
    public async Task A_screen_that_was_away_is_told_to_read_again()
    {
        Live.Publish("Anything", "{}");
        using var client = await plant.SignInAsync(await plant.CreateUserAsync("operator"));

        using var stream = await client.ListenAsync(lastEventId: (Live.LastId - 1).ToString());

        await ReadBlockAsync(stream, block => block.Contains("event: missed"));
    }

    [Fact]
    public async Task The_stream_ends_with_the_session()
    {
        var user = await plant.CreateUserAsync("operator");
        using var client = await plant.SignInAsync(user);
        using var stream = await client.ListenAsync();

        await plant.Admin.DeleteAsync($"people/{user.Name}");

        (await stream.ReadToEndAsync().WaitAsync(Bound)).ShouldContain("connected");
    }

    [Fact]
    public async Task The_stream_ends_within_a_second_when_a_role_is_taken_away()
    {
        var user = await plant.CreateUserAsync("planner", "quality");
        using var client = await plant.SignInAsync(user);
        using var stream = await client.ListenAsync();
        await ReadBlockAsync(stream, block => block.StartsWith(": connected"));

        await plant.Admin.PutAsync($"people/{user.Name}/roles", new { roles = new[] { "quality" } });
        var watch = Stopwatch.StartNew();
        await stream.ReadToEndAsync().WaitAsync(Bound);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5)); // one, and what a busy machine takes
    }

    [Fact]
    public async Task One_caller_cannot_take_all_the_streams()
    {
        await using var gateway = await GatewayHost.StartAsync(plant.Database, plant.Clock, ("Gateway:StreamsPerCaller", "3"));
        using var greedy = new TestClient(gateway.Address, (await plant.CreateKeyAsync("operator")).Secret);
        using var other = new TestClient(gateway.Address, (await plant.CreateKeyAsync("operator")).Secret);
        var streams = new List<StreamReader>();
        for (var i = 0; i < 3; i++) streams.Add(await greedy.ListenAsync());

        (await greedy.GetAsync("/api/live")).ShouldBeProblem(429, "too-many-streams");

        using var heard = await other.ListenAsync();
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task Who_may_still_listen_is_one_question_whatever_their_number()
    {
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("identity");
        await using var gateway = await GatewayHost.StartAsync(database, TimeProvider.System);
        using var admin = await gateway.SignInAdministratorAsync();
        var streams = new List<StreamReader>();
        for (var i = 0; i < 10; i++)
        {
            var key = await admin.PostAsync("api-keys", new { name = $"key-{i}", roles = new[] { "operator" } });
            var client = new TestClient(gateway.Address, (string)key.Json["secret"]!);
            streams.Add(await client.ListenAsync());
        }
        var asked = 0;
        using var statements = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = statement =>
            {
                var texts = statement.TagObjects.Select(tag => tag.Value).OfType<string>().ToList();
                if (texts.Contains(database.Name) && texts.Exists(text => text.Contains("from api_keys k")))
                    Interlocked.Increment(ref asked);
            },
        };
        ActivitySource.AddActivityListener(statements);

        var watch = Stopwatch.StartNew();
        await Poll.Until(() => Volatile.Read(ref asked) >= 6, Bound, "it is asked six times");

        watch.Stop();
        streams.ForEach(stream => stream.Dispose());
        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(1.5));   // at one question each it takes half a second
    }

    [Fact]
    public void Each_event_goes_only_to_whoever_may_read_it()
    {
        Caller Who(params string[] may) => new("x", "x", ActorKind.User, null, may.ToFrozenSet());

        LiveAudience.MayHear(Who(Permissions.ReadQuality), "QualityHoldChanged").ShouldBeTrue();
        LiveAudience.MayHear(Who(Permissions.ReadQuality), "ProductionReported").ShouldBeFalse();
        LiveAudience.MayHear(Who(Permissions.ReadQuality), LiveEvents.Missed).ShouldBeTrue();
        LiveAudience.MayHear(Who(Permissions.ReadQuality), "SomethingNew").ShouldBeFalse();
        LiveAudience.MayHear(Who([.. Permissions.All]), "SomethingNew").ShouldBeTrue();
    }

    [Fact]
    public void Every_contract_is_heard_by_whoever_may_read_the_service_that_tells_it()
    {
        var unheard = ContractTypes.All.Select(type => type.Name).Where(name => !Permissions.All.Any(only =>
            LiveAudience.MayHear(new("x", "x", ActorKind.User, null, new[] { only }.ToFrozenSet()), name)));
        unheard.ShouldBeEmpty();
    }

    [Fact]
    public void Who_may_not_hear_an_event_is_not_sent_it()
    {
        var live = new LiveEvents();
        using var some = live.Subscribe(type => type == "A");

        live.Publish("A", "1");
        live.Publish("B", "2");

        some.Take().Events.ShouldHaveSingleItem().Type.ShouldBe("A");
    }

    [Fact]
    public async Task A_heartbeat_keeps_the_line_open_while_nothing_happens()
    {
        var clock = new TestClock();
        await using var gateway = await GatewayHost.StartAsync(plant.Database, clock);
        var key = await plant.CreateKeyAsync("operator");
        using var client = new TestClient(gateway.Address, key.Secret);
        using var stream = await client.ListenAsync();
        await ReadBlockAsync(stream, block => block.StartsWith(": connected"));

        clock.Advance(TimeSpan.FromSeconds(15));

        await ReadBlockAsync(stream, block => block == ": heartbeat");
    }

    [Fact]
    public async Task A_screen_that_goes_away_is_forgotten()
    {
        await using var gateway = await GatewayHost.StartAsync(plant.Database, plant.Clock);
        var live = gateway.Services.GetRequiredService<LiveEvents>();
        var key = await plant.CreateKeyAsync("operator");
        using (var client = new TestClient(gateway.Address, key.Secret))
        {
            using var stream = await client.ListenAsync();
            live.Listeners.ShouldBe(1);
        }

        await Poll.Until(() => live.Listeners == 0, Bound, "the screen is forgotten");
    }

    [Fact]
    public void A_slow_screen_loses_its_oldest_events_and_hears_how_many()
    {
        var live = new LiveEvents();
        using var slow = live.Subscribe();
        for (var i = 0; i < LiveSubscription.WaitingMax + 3; i++) live.Publish("E", i.ToString());

        var (missed, events) = slow.Take();

        missed.ShouldBe(3);
        events.Count.ShouldBe(LiveSubscription.WaitingMax);
        events[0].Json.ShouldBe("3");
        slow.Take().Missed.ShouldBe(0);
    }

    [Fact]
    public async Task Screens_that_come_and_go_hear_every_event_in_order()
    {
        var live = new LiveEvents();
        using var stays = live.Subscribe();
        var heard = new List<long>();
        var publishers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 50; i++)
            {
                live.Publish("E", "{}");
                live.Subscribe().Dispose();
            }
        })).ToArray();
        while (heard.Count < 200)
        {
            (await stays.WaitAsync(Bound, default)).ShouldBeTrue();
            heard.AddRange(stays.Take().Events.Select(happened => happened.Id));
        }

        await Task.WhenAll(publishers);
        heard.ShouldBe(Enumerable.Range(1, 200).Select(id => (long)id));
        live.Listeners.ShouldBe(1);
    }

    static async Task<string> ReadBlockAsync(StreamReader stream, Func<string, bool> isIt)
    {
        using var bound = new CancellationTokenSource(Bound);
        var block = new List<string>();
        while (await stream.ReadLineAsync(bound.Token) is { } line)
        {
            if (line.Length > 0)
            {
                block.Add(line);
                continue;
            }

            var text = string.Join('\n', block);
            if (isIt(text)) return text;
            block.Clear();
        }

        throw new EndOfStreamException("The stream ended before it came.");
    }
}
