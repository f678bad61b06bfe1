using System.Reflection;

namespace Mes.Hosting.Jobs;

/// <summary>The tables that jobs need in a service's database.</summary>
public static class JobsSchema
{
    const string EngineScript = "Quartz.Impl.AdoJobStore.Schema.create_postgres.sql";

    const string RunLog =
        """
        CREATE TABLE IF NOT EXISTS job_run (
          run_id uuid NOT NULL,
          attempt integer NOT NULL CHECK (attempt >= 1),
          sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
          job_key text NOT NULL,
          schedule_key text,
          due_at timestamptz,
          arguments jsonb NOT NULL,
          state text NOT NULL DEFAULT 'queued'
            CHECK (state IN ('queued', 'running', 'done', 'failed', 'retrying', 'refused', 'stopped')),
          queued_at timestamptz NOT NULL DEFAULT now(),
          not_before timestamptz NOT NULL DEFAULT now(),
          started_at timestamptz,
          finished_at timestamptz,
          owner uuid,
          lease_until timestamptz,
          takeovers integer NOT NULL DEFAULT 0,
          stop_requested_at timestamptz,
          progress double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
          progress_note text,
          result jsonb,
          reason text,
          PRIMARY KEY (run_id, attempt),
          UNIQUE (schedule_key, due_at, attempt),
          CHECK ((state = 'running') = (lease_until IS NOT NULL))
        );

        """;

    static readonly Lazy<string> Script = new(() => RunLog + EngineTables());

    /// <summary>
    /// Statements that create the run log and the engine's tables where they are missing, and change nothing else.
    /// A service's migration executes them as the owner of the schema and grants the service's role
    /// SELECT, INSERT, UPDATE and DELETE; at run time no DDL is needed.
    /// </summary>
    /// <remarks>
    /// The engine's part comes from the referenced package, so both always fit. A later version of the engine that
    /// changes its tables needs a migration of its own: what exists is not altered here, and the engine refuses to
    /// start when columns are missing.
    /// </remarks>
    public static string Sql => Script.Value;

    static string EngineTables()
    {
        var assembly = typeof(Quartz.IJob).Assembly;
        using var stream = assembly.GetManifestResourceStream(EngineScript)
            ?? throw new InvalidOperationException($"{assembly.GetName()} has no resource {EngineScript}.");
        using var reader = new StreamReader(stream);
        // The placeholders stand for the table prefix with and without a schema.
        return reader.ReadToEnd().Replace("{0}", QuartzJobs.TablePrefix, StringComparison.Ordinal)
            .Replace("{1}", QuartzJobs.TablePrefix, StringComparison.Ordinal);
    }
}
