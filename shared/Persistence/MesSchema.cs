namespace Mes.Persistence;

/// <summary>The tables that every service's database has; the first statement of its first migration.</summary>
public static class MesSchema
{
    /// <summary>SQL that creates them. Run by the owner role.</summary>
    // SQL: what migrations run
    public const string Sql = """
        CREATE TABLE outbox (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            message_id uuid NOT NULL,
            type text NOT NULL,
            body jsonb NOT NULL,
            queue text,
            trace_parent text
        ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

        CREATE TABLE inbox (
            message_id uuid NOT NULL,
            consumer text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (message_id, consumer)
        );
        CREATE INDEX inbox_applied_at ON inbox USING brin (applied_at);

        CREATE TABLE parked_message (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            message_id uuid NOT NULL,
            queue text NOT NULL,
            type text NOT NULL,
            body text NOT NULL,
            error text NOT NULL,
            attempts int NOT NULL,
            parked_at timestamptz NOT NULL DEFAULT now(),
            replayed_at timestamptz,
            UNIQUE (message_id, queue)
        );

        CREATE TABLE command_log (
            scope text NOT NULL,
            command_id uuid NOT NULL,
            content_hash bytea NOT NULL,
            status int NOT NULL,
            answer json,
            logged_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (scope, command_id)
        );
        CREATE INDEX command_log_logged_at ON command_log USING brin (logged_at);

        CREATE TABLE audit (
            id uuid PRIMARY KEY,
            at timestamptz NOT NULL DEFAULT clock_timestamp(),
            actor_kind text NOT NULL,
            actor_id text NOT NULL,
            actor_name text NOT NULL,
            device text,
            action text NOT NULL,
            reason text,
            changes jsonb NOT NULL
        );
        CREATE INDEX audit_at ON audit (at);
        CREATE TABLE audit_unchained (audit_id uuid PRIMARY KEY)
            WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
        CREATE TABLE audit_chain (
            position bigint PRIMARY KEY,
            audit_id uuid NOT NULL UNIQUE,
            hash bytea NOT NULL
        );
        """;

    /// <summary>
    /// SQL of a migration after <see cref="Sql"/>: tells by which encoding an entry was hashed, and keeps the end of the audit
    /// chain, which moves by a trigger alone: neither the service's role nor a cut of the tail moves it. The mark of how far
    /// the chain was checked is the service's.
    /// </summary>
    public const string AuditHead = """
        ALTER TABLE audit_chain ADD encoding smallint NOT NULL DEFAULT 1;
        CREATE TABLE audit_chain_head (
            is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one), position bigint NOT NULL, hash bytea NOT NULL);
        INSERT INTO audit_chain_head (position, hash)
        SELECT position, hash FROM (
            SELECT position, hash FROM audit_chain UNION ALL SELECT 0, decode(repeat('00', 32), 'hex')) AS chain
        ORDER BY position DESC LIMIT 1;
        CREATE FUNCTION audit_chain_advance() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            UPDATE public.audit_chain_head h SET position = a.position, hash = a.hash
            FROM (SELECT position, hash FROM added ORDER BY position DESC LIMIT 1) AS a WHERE a.position > h.position;
            RETURN NULL;
        END $$;
        CREATE TRIGGER audit_chain_advance AFTER INSERT ON audit_chain REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION audit_chain_advance();
        CREATE TABLE audit_chain_checked (
            is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one), position bigint NOT NULL, hash bytea NOT NULL);
        INSERT INTO audit_chain_checked (position, hash) VALUES (0, decode(repeat('00', 32), 'hex'));
        DO $$
        DECLARE app text := regexp_replace(current_user, '_owner$', '_app');
        BEGIN
            EXECUTE format('GRANT SELECT ON audit_chain_head TO %I', app);
            EXECUTE format('GRANT SELECT, UPDATE ON audit_chain_checked TO %I', app);
        END $$;
        """;

    /// <summary>
    /// SQL of a migration after <see cref="AuditHead"/>: finds the entries that touched a record by the record's key, as
    /// <see cref="AuditRecord"/> asks for them.
    /// </summary>
    // Written through at each entry: a list of pending ones would be worked off by the one report that finds it full
    public const string AuditRecords = $"""
        CREATE INDEX audit_records ON audit USING gin (({AuditRecord.KeysSql})) WITH (fastupdate = off);
        """;

    /// <summary>SQL of a migration: finds the entries of an action or an actor; see <see cref="AuditDeeds"/>.</summary>
    public const string AuditByDeed = "CREATE INDEX audit_deeds ON audit (action, actor_name, at);";

    /// <summary>
    /// SQL that lets the service's own role (<c>X_app</c> beside the owner <c>X_owner</c>) work: everything but DDL, and
    /// neither change nor deletion of what is append-only. The last statement of every migration; <paramref
    /// name="appendOnly"/> names the service's ledgers.
    /// </summary>
    public static string Grants(params string[] appendOnly) => $"""
        {GrantsOn("public")}
        DO $$
        DECLARE app text := regexp_replace(current_user, '_owner$', '_app');
        BEGIN
            EXECUTE format(
                'REVOKE UPDATE, DELETE, TRUNCATE ON {string.Join(", ", ["audit", "audit_chain", .. appendOnly])} FROM %I', app);
            IF to_regclass('audit_chain_head') IS NOT NULL THEN
                EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_chain_head FROM %I', app);
            END IF;
        END $$;
        """;

    /// <summary>SQL that lets the service's own role change rows in a schema, and no more.</summary>
    public static string GrantsOn(string schema) => $"""
        DO $$
        DECLARE app text := regexp_replace(current_user, '_owner$', '_app');
        BEGIN
            EXECUTE format('GRANT USAGE ON SCHEMA {schema} TO %I', app);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO %I', app);
            EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO %I', app);
        END $$;
        """;
}
