using Dapper;
using Mes.Faults.Tests.Editions;

namespace Mes.Faults.Tests.Load;

/// <summary>
/// Has every message delivered two to five times and out of order: keeps a copy of each outbox row, holds a third of them
/// back, and puts what it held back and repeats of all into the outbox later, shuffled.
/// </summary>
sealed class Duplicator(Edition edition, int seed)
{
    const string Install = """
        CREATE TABLE IF NOT EXISTS test_outbox_copy (
            message_id uuid PRIMARY KEY, type text NOT NULL, body jsonb NOT NULL, queue text, trace_parent text);
        CREATE OR REPLACE FUNCTION test_copy_outbox() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            INSERT INTO test_outbox_copy VALUES (NEW.message_id, NEW.type, NEW.body, NEW.queue, NEW.trace_parent);
            IF get_byte(uuid_send(NEW.message_id), 15) % 3 = 0 THEN
                DELETE FROM outbox WHERE id = NEW.id;
            END IF;
            RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER test_copy_outbox AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION test_copy_outbox();
        """;

    const string Again = """
        INSERT INTO outbox (message_id, type, body, queue, trace_parent)
        SELECT message_id, type, body, queue, trace_parent FROM (
            SELECT *, 1 + floor(random() * 4)::int AS times FROM test_outbox_copy) AS c
        CROSS JOIN LATERAL generate_series(1, c.times) ORDER BY random()
        """;

    /// <summary>Begins to copy and to hold back.</summary>
    public async Task Begin()
    {
        foreach (var service in Edition.Databases)
        {
            await using var database = await edition.Open(service);
            await database.ExecuteAsync(Install);
        }
    }

    /// <summary>
    /// Sends everything again, what was held back for the first time, and lets later messages pass as they are.
    /// </summary>
    /// <returns>How many messages were put into the outboxes.</returns>
    public async Task<int> End()
    {
        var messages = 0;
        foreach (var service in Edition.Databases)
        {
            await using var database = await edition.Open(service);
            await using var all = await database.BeginTransactionAsync();
            // first, under the lock that this takes: an event of just then is copied, and passes, or is none of the trigger's
            await database.ExecuteAsync("DROP TRIGGER test_copy_outbox ON outbox");
            await database.ExecuteAsync($"SELECT setseed({(seed % 1000) / 1000.0})");
            messages += await database.ExecuteAsync(Again);
            await database.ExecuteAsync("DROP TABLE test_outbox_copy");
            await all.CommitAsync();
        }
        return messages;
    }
}
