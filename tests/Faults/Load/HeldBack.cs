using Dapper;
using Mes.Faults.Tests.Editions;

namespace Mes.Faults.Tests.Load;

/// <summary>Holds back the events of one service, so that thousands wait; then they are all there at once.</summary>
static class HeldBack
{
    const string Service = "workorders";

    public static async Task Begin(Edition edition)
    {
        await using var database = await edition.Open(Service);
        await database.ExecuteAsync("""
            CREATE TABLE test_held (LIKE outbox);
            CREATE OR REPLACE FUNCTION test_hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                INSERT INTO test_held SELECT * FROM outbox WHERE id = NEW.id;
                DELETE FROM outbox WHERE id = NEW.id;
                RETURN NULL;
            END $$;
            CREATE TRIGGER test_hold AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION test_hold();
            """);
    }

    /// <summary>Puts another message somewhere among them.</summary>
    public static async Task Add(Edition edition, string type, string body)
    {
        await using var database = await edition.Open(Service);
        await database.ExecuteAsync("""
            INSERT INTO test_held (id, message_id, type, body)
            SELECT (SELECT floor(avg(id)) FROM test_held), gen_random_uuid(), @type, @body::jsonb
            """, new { type, body });
    }

    /// <summary>Lets all go. Returns how many waited.</summary>
    public static async Task<int> End(Edition edition)
    {
        await using var database = await edition.Open(Service);
        await database.ExecuteAsync("DROP TRIGGER test_hold ON outbox");
        var waited = await database.ExecuteAsync("""
            INSERT INTO outbox (message_id, type, body, queue, trace_parent)
            SELECT message_id, type, body, queue, trace_parent FROM test_held ORDER BY id
            """);
        await database.ExecuteAsync("DROP TABLE test_held");
        return waited;
    }
}
