using Mes.Persistence;
using Mes.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;
using EquipmentChanged = Mes.Contracts.EquipmentChanged;
using EquipmentKind = Mes.Contracts.EquipmentKind;

namespace Mes.Gateway.Tests.Identity.Features.Devices;

/// <summary>A terminal is bound to work centers: it serves the units that are in them, as Equipment tells.</summary>
public sealed class BindingTests(Installation plant)
{
    static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task It_serves_what_is_named_and_what_is_in_its_work_centers_also_what_joins_them_later()
    {
        var (center, other, first, later, named) = (New("WC"), New("WC"), New("A"), New("B"), New("Z"));
        await Tell(first, 1, center);
        await Tell(later, 1, other);
        using var device = await Device([named], [center]);
        await Serves(device, named, first);

        await Tell(later, 2, center);
        await Serves(device, named, first, later);
        await Tell(first, 2, other);
        await Serves(device, named, later);
        await Tell(first, 1, center);       // it was told late
        await Tell(later, 3, center);
        await Serves(device, named, later);
        await Tell(named, 1, center);
        await Serves(device, named, later);
    }

    [Fact]
    public async Task A_work_center_without_a_known_unit_is_nothing_to_serve_and_never_all()
    {
        using var device = await Device([], [New("WC")]);
        (await ServedNow(device)).ShouldBe([]);
        using var free = await Device([], []);
        (await ServedNow(free)).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_signs_in_there_serves_the_same_and_the_terminal_shows_it()
    {
        var (center, unit) = (New("WC"), New("A"));
        await Tell(unit, 1, center);
        var badge = await plant.CreateBadgeAsync("4711", "operator");
        using var terminal = plant.Gateway.Client();
        await terminal.PostAsync("device", new { secret = (await plant.CreateDeviceAsync([], [center])).Secret });
        (await terminal.PostAsync("sign-in/badge", new { badge = badge.Code, pin = "4711" })).Status.ShouldBe(200);
        await Serves(terminal, unit);
        var shown = (await terminal.GetAsync("device")).Json;
        ((string?)shown["workCenters"]!.AsArray().ShouldHaveSingleItem()).ShouldBe(center);
        ((string?)shown["serves"]!.AsArray().ShouldHaveSingleItem()).ShouldBe(unit);
    }

    [Fact]
    public async Task A_large_work_center_is_served_as_far_as_a_ticket_takes_it()
    {
        var center = New("WC");
        var units = Enumerable.Range(0, 30).Select(i => $"{i:00}-{New(new string('列', 50))}").ToList();
        foreach (var unit in units) await Tell(unit, 1, center);
        using var device = await Device([], [center]);
        var served = (await ServedNow(device))!;
        served.ShouldBe(units.Take(served.Length));
        served.Sum(unit => unit.Length).ShouldBeInRange(1_400, 1_500);
    }

    string New(string kind) => plant.Name(kind);

    async Task<TestClient> Device(string[] equipment, string[] workCenters) => new(
        plant.Gateway.Address, (await plant.CreateDeviceAsync(equipment, workCenters)).Secret);

    /// <summary>As a service sees it that the device calls.</summary>
    static async Task<string[]?> ServedNow(TestClient client)
    {
        var answer = await client.GetAsync("/api/work-orders/echo");
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json["caller"]!["equipment"]?.AsArray().Select(code => (string)code!).ToArray();
    }

    static Task Serves(TestClient client, params string[] equipment) => Poll.Until(
        async () => await ServedNow(client) is { } served && served.SequenceEqual(equipment),
        Bound, $"it serves {string.Join(", ", equipment)}");

    async Task Tell(string unit, long version, string workCenter)
    {
        var id = Guid.CreateVersion7();
        await using var database = NpgsqlDataSource.Create(plant.Database.OwnerConnectionString);
        await Execute(
            """
            insert into outbox (message_id, type, body, queue)
            values ($1, 'EquipmentChanged', $2::jsonb, 'identity-know-equipment')
            """,
            id, MessageJson.Write(new EquipmentChanged(unit, version, unit, workCenter, EquipmentKind.Production)));
        await Poll.Until(async () => (long)(await Execute("select count(*) from outbox where message_id = $1", id))! == 0,
            Bound, "it is applied");
        (await Execute("select count(*) from parked_message where message_id = $1", id)).ShouldBe(0L);

        async Task<object?> Execute(string sql, params object[] values)
        {
            await using var command = database.CreateCommand(sql);
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }
}
