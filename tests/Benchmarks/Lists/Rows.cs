using System.Globalization;
using Mes.Tests.Support;
using Npgsql;

namespace Mes.Benchmarks.Lists;

/// <summary>Fills tables by statements of sets, as the server's administrator: no rule is asked, no key is looked up.</summary>
static class Rows
{
    /// <summary>
    /// What the statements are written with: <c>uid(kind, n)</c> makes ids that rise with n as those of version 7 do with time,
    /// <c>at(n)</c> spreads n over two years until now, <c>skewed(n, count)</c> picks of so many, the first most often.
    /// </summary>
    const string Functions = """
        CREATE FUNCTION uid(kind int, n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql RETURN
            ('0198' || lpad(to_hex(n), 8, '0') || '70008000' || lpad(to_hex(kind), 12, '0'))::uuid;
        CREATE FUNCTION at(n bigint) RETURNS timestamptz STABLE LANGUAGE sql RETURN
            now() - (@rows - n) * (interval '730 days' / @rows);
        CREATE FUNCTION skewed(n bigint, count int) RETURNS int IMMUTABLE LANGUAGE sql RETURN
            floor(count * power(((n * 2654435761) % 1000003) / 1000003.0, 3))::int;
        CREATE FUNCTION spread(n bigint, count int) RETURNS int IMMUTABLE LANGUAGE sql RETURN
            ((n * 40503) % 1000003 % count)::int;
        SELECT setseed(0.5);
        """;

    // Far faster than row by row, and packed as densely as after a REINDEX
    const string SetIndexesAside = """
        CREATE TABLE set_aside AS SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> 'set_aside' AND NOT i.indisunique
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid);
        DO $$ DECLARE one record; BEGIN
            FOR one IN SELECT * FROM set_aside LOOP EXECUTE 'DROP INDEX ' || one.name; END LOOP;
        END $$;
        """;

    const string BringIndexesBack = """
        DO $$ DECLARE one record; BEGIN
            FOR one IN SELECT * FROM set_aside LOOP EXECUTE one.definition; END LOOP;
        END $$;
        DROP TABLE set_aside;
        """;

    /// <summary>A month of the trail that every service has: of 50 people and a message, most of records of their own.</summary>
    public const string Audit = """
        INSERT INTO audit (id, at, actor_kind, actor_id, actor_name, action, reason, changes)
        SELECT uid(99, n), now() - (@rows - n) * (interval '30 days' / @rows),
            CASE WHEN n % 3 = 0 THEN 'System' ELSE 'User' END, spread(n, 50)::text,
            CASE WHEN n % 3 = 0 THEN 'mes' ELSE 'Person ' || spread(n, 50) END,
            CASE WHEN n % 200000 = 7 THEN 'PUT /api/work-orders/routings/{code}/{revision}'
                WHEN n % 3 = 0 THEN 'ScheduleChunkPublished'
                WHEN n % 3 = 1 THEN 'POST /api/work-orders/operations/{id:guid}/reports'
                ELSE 'POST /api/work-orders/orders/{id:guid}/release' END, NULL,
            jsonb_build_array(
                jsonb_build_object('table', 'report', 'key', uid(3, n), 'old', NULL, 'new', jsonb_build_object('Good', 5)),
                jsonb_build_object('table', 'work_order', 'key', CASE WHEN n % 200 = 0 THEN uid(1, 7) ELSE uid(1, n) END,
                    'old', jsonb_build_object('Reports', 1), 'new', jsonb_build_object('Reports', 2)))
        FROM generate_series(1, @rows) n;
        """;

    /// <summary>What the trail's screen asks, and a record's history.</summary>
    public static IEnumerable<Question> AuditQuestions(string service)
    {
        var list = $"/api/{service}/audit";
        return Question.Of(list, [], Since(7), Until(-15), "actor=person 7", "actor=nobody", "action=ScheduleChunkPublished",
            "action=PUT /api/work-orders/routings/{code}/{revision}", "action=POST /api/none", "actor=nobody&" + Since(700),
            "action=POST /api/none&" + Since(700), "actor=nobody&action=POST /api/none",
            $"record=work_order:{Id(1, 9)}", $"record=work_order:{Id(1, 7)}", $"record=work_order:{Id(8, 7)}",
            string.Join('&', Enumerable.Range(100, 100).Select(n => $"record=work_order:{Id(1, n)}")));
    }

    /// <summary>The id that <c>uid(kind, n)</c> makes.</summary>
    public static Guid Id(int kind, long n) => Guid.Parse(
        string.Create(CultureInfo.InvariantCulture, $"0198{n:x8}70008000{kind:x12}"));

    /// <summary>The time from so many days ago until now.</summary>
    public static string Since(int days) => $"from={Day(-days)}";

    /// <summary>The time until so many days from now.</summary>
    public static string Until(int days) => $"to={Day(days)}";

    static string Day(int days) => $"{TimeProvider.System.GetUtcNow().AddDays(days):yyyy-MM-ddTHH:mm:ssZ}";

    public static async Task Fill(string database, string statements, long rows)
    {
        var admin = new NpgsqlConnectionStringBuilder((await PostgresServer.SharedAsync()).AdminConnectionString)
        {
            Database = database, CommandTimeout = 0, Pooling = false
        };
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync();
        await Run("SET session_replication_role = replica; SET synchronous_commit = off; SET jit = off");
        await Run("SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0");
        await Run(SetIndexesAside);
        await Run((Functions + statements).Replace("@rows", $"{rows}", StringComparison.Ordinal));
        await Run(BringIndexesBack);
        await Run("VACUUM ANALYZE");

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
