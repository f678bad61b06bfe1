using Dapper;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Mes.Tests.Support;

namespace Mes.Faults.Tests;

/// <summary>
/// Thousands of events wait, among them one that a consumer cannot apply and one at which it waits for longer than its
/// client does. While they drain, their consumer is killed. All others are applied; the two are parked, and applied when
/// the cause is mended and they are replayed.
/// </summary>
static class BacklogScenario
{
    const int Commands = 2_000;
    static readonly TimeSpan ParkBound = TimeSpan.FromMinutes(6);
    static readonly TimeSpan BeginBound = TimeSpan.FromMinutes(1);

    /// <summary>Runs it; the audit is the caller's.</summary>
    /// <param name="edition">Where.</param>
    /// <param name="scenario">Its load and its plant.</param>
    /// <param name="killAndStart">Kills the consumer and starts it again.</param>
    /// <param name="endsTheSlow">
    /// True where the server ends what takes too long, as one with a limit for statements does; false where the client gives up.
    /// </param>
    /// <param name="tell">Takes what is worth knowing.</param>
    public static async Task Run(
        Edition edition, Scenario scenario, Func<Task> killAndStart, bool endsTheSlow, Action<string> tell)
    {
        var name = Guid.NewGuid().ToString("n")[..6];
        await HeldBack.Begin(edition);
        await scenario.LoadFor(Commands);
        await HeldBack.Add(edition, "ProductChanged", Product("POISON-" + name));
        await HeldBack.Add(edition, "ProductChanged", Product("SLOW-" + name));
        await using var inventory = await edition.Open("inventory");
        await inventory.ExecuteAsync(Defect);
        var before = await Applied(inventory);
        tell($"{await HeldBack.End(edition)} events wait");
        var some = before + scenario.Random.Next(20, 300);
        await Poll.Until(async () => await Applied(inventory) > some, BeginBound, "it drains");
        await killAndStart();
        await Poll.Until(async () =>
        {
            if (endsTheSlow) await inventory.ExecuteAsync(EndTheSlow);
            return await inventory.ExecuteScalarAsync<int>(
                "SELECT count(*) FROM parked_message WHERE replayed_at IS NULL AND body ~ 'POISON-|SLOW-'") == 2;
        }, ParkBound, "the two are parked");
        await inventory.ExecuteAsync("DROP TRIGGER test_defect ON material");
        foreach (var parked in await edition.Api.GetAll("inventory/parked-messages"))
        {
            await edition.Api.Do(HttpMethod.Post, $"inventory/parked-messages/{parked["id"]}/replay", null);
        }
        await Poll.Until(async () => await inventory.ExecuteScalarAsync<int>(
            "SELECT count(*) FROM material WHERE code IN ('POISON-' || @name, 'SLOW-' || @name)", new { name }) == 2,
            BeginBound, "the two are applied");
    }

    const string Defect = """
        CREATE OR REPLACE FUNCTION test_defect() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.code LIKE 'POISON-%' THEN RAISE 'cannot digest this'; END IF;
            IF NEW.code LIKE 'SLOW-%' THEN PERFORM pg_sleep(40); END IF;
            RETURN NEW;
        END $$;
        CREATE OR REPLACE TRIGGER test_defect BEFORE INSERT ON material FOR EACH ROW EXECUTE FUNCTION test_defect();
        """;

    // with the code of a statement's time-out
    const string EndTheSlow = """
        SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event = 'PgSleep'
        """;

    static string Product(string code) => $$"""{"code":"{{code}}","version":1,"name":"x","unit":"pcs"}""";

    static Task<int> Applied(Npgsql.NpgsqlConnection inventory) =>
        inventory.ExecuteScalarAsync<int>("SELECT count(*) FROM inbox");
}
