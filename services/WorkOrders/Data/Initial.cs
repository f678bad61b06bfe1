using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>The first tables.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("20261121_Initial")]
sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(MesSchema.Sql);
        migrationBuilder.Sql(MasterData);
        migrationBuilder.Sql(Orders);
        migrationBuilder.Sql(Reports);
        migrationBuilder.Sql(KnownFromEvents);
        migrationBuilder.Sql(MesSchema.Grants("report", "erp_feed"));
    }

    const string MasterData = """
        CREATE TABLE product (
            code text PRIMARY KEY, name text NOT NULL, unit text NOT NULL, version bigint NOT NULL);

        CREATE TABLE routing (
            code text NOT NULL, revision text NOT NULL, product text NOT NULL REFERENCES product,
            policies jsonb NOT NULL, steps jsonb NOT NULL, components jsonb NOT NULL,
            PRIMARY KEY (code, revision));

        CREATE TABLE operator (
            code text PRIMARY KEY, name text NOT NULL, qualifications text[] NOT NULL);

        CREATE TABLE sign_on (
            id uuid PRIMARY KEY, operator text NOT NULL REFERENCES operator, station text NOT NULL,
            signed_on_at timestamptz NOT NULL, signed_off_at timestamptz,
            CHECK (signed_off_at >= signed_on_at));
        CREATE INDEX sign_on_present ON sign_on (station) WHERE signed_off_at IS NULL;
        """;

    const string Orders = """
        CREATE TABLE work_order (
            id uuid PRIMARY KEY, number text NOT NULL UNIQUE, product text NOT NULL REFERENCES product, unit text NOT NULL,
            quantity numeric(18,6) NOT NULL CHECK (quantity > 0),
            routing_code text NOT NULL, routing_revision text NOT NULL, lot text NOT NULL, policies jsonb NOT NULL,
            priority int NOT NULL, release_at timestamptz, due_at timestamptz,
            status text NOT NULL, status_reason text, received numeric(18,6) NOT NULL, reports int NOT NULL,
            version bigint NOT NULL, components jsonb NOT NULL,
            FOREIGN KEY (routing_code, routing_revision) REFERENCES routing);
        CREATE INDEX work_order_open ON work_order (due_at) WHERE status IN ('Released', 'OnHold');
        CREATE INDEX work_order_lot ON work_order (lot);

        CREATE TABLE operation (
            id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES work_order, sequence int NOT NULL, code text NOT NULL,
            equipment text[] NOT NULL, setup_family text, setup_seconds numeric(18,6) NOT NULL CHECK (setup_seconds >= 0),
            run_seconds_per_unit numeric(18,6) NOT NULL CHECK (run_seconds_per_unit >= 0),
            is_receipt boolean NOT NULL, is_inspection boolean NOT NULL,
            predecessor_id uuid, successor_id uuid, status text NOT NULL,
            good numeric(18,6) NOT NULL, scrap numeric(18,6) NOT NULL, nonconforming numeric(18,6) NOT NULL,
            last_ended_at timestamptz,
            UNIQUE (order_id, sequence), UNIQUE (order_id, code));
        CREATE INDEX operation_open_equipment ON operation USING gin (equipment) WHERE status <> 'Done';
        """;

    const string Reports = """
        CREATE TABLE report (
            id uuid PRIMARY KEY, reverses uuid UNIQUE REFERENCES report, order_id uuid NOT NULL REFERENCES work_order,
            operation_id uuid NOT NULL REFERENCES operation, equipment text NOT NULL, operator text NOT NULL,
            sign_on_id uuid NOT NULL REFERENCES sign_on, activity text NOT NULL,
            started_at timestamptz NOT NULL, ended_at timestamptz NOT NULL CHECK (ended_at >= started_at),
            good numeric(18,6) NOT NULL, scrap numeric(18,6) NOT NULL, nonconforming numeric(18,6) NOT NULL,
            is_rework boolean NOT NULL, scrap_reason text, consumed jsonb NOT NULL,
            reported_at timestamptz NOT NULL, clock_skew_ms bigint,
            CHECK (reverses IS NOT NULL OR (good >= 0 AND scrap >= 0 AND nonconforming >= 0)));
        CREATE INDEX report_operation ON report (operation_id, ended_at) INCLUDE (good, scrap);

        CREATE TABLE discrepancy (
            id uuid PRIMARY KEY, kind text NOT NULL, subject_id uuid NOT NULL, order_id uuid NOT NULL REFERENCES work_order,
            operation_id uuid NOT NULL REFERENCES operation, found_at timestamptz NOT NULL,
            settled_at timestamptz, settlement text,
            UNIQUE (subject_id, kind));
        CREATE INDEX discrepancy_open ON discrepancy (id) WHERE settled_at IS NULL;

        CREATE TABLE downtime_labour (
            downtime_id uuid PRIMARY KEY, operator text, equipment text NOT NULL, order_number text, operation_code text,
            started_at timestamptz NOT NULL, ended_at timestamptz NOT NULL);

        -- confirmations get their position after the commit, by one writer: a cursor never skips one that commits late
        CREATE TABLE erp_pending (report_id uuid PRIMARY KEY)
            WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
        CREATE TABLE erp_feed (position bigint PRIMARY KEY, report_id uuid NOT NULL UNIQUE REFERENCES report);
        """;

    const string KnownFromEvents = """
        CREATE TABLE equipment (
            code text PRIMARY KEY, name text NOT NULL, work_center text NOT NULL, kind text NOT NULL, version bigint NOT NULL);
        CREATE TABLE equipment_availability (
            equipment text PRIMARY KEY, is_down boolean NOT NULL, since timestamptz NOT NULL, reason text,
            version bigint NOT NULL);
        CREATE TABLE quality_hold (
            id uuid PRIMARY KEY, version bigint NOT NULL, is_active boolean NOT NULL, order_id uuid, operation_id uuid,
            reason text NOT NULL, known_at timestamptz NOT NULL);
        CREATE INDEX quality_hold_active ON quality_hold (operation_id) WHERE is_active;
        CREATE TABLE shortage (order_id uuid PRIMARY KEY, version bigint NOT NULL, shortages jsonb NOT NULL);

        CREATE TABLE plan_chunk (
            plan_version bigint NOT NULL, chunk int NOT NULL, chunks int NOT NULL, operations jsonb NOT NULL,
            PRIMARY KEY (plan_version, chunk));
        CREATE TABLE planned_operation (
            operation_id uuid PRIMARY KEY, plan_version bigint NOT NULL, equipment text NOT NULL,
            setup_starts_at timestamptz NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL);

        CREATE TABLE issue (
            id uuid PRIMARY KEY, order_number text NOT NULL, material text NOT NULL, lot text NOT NULL,
            quantity numeric(18,6) NOT NULL, unit text NOT NULL, issued_at timestamptz NOT NULL);
        CREATE INDEX issue_order ON issue (order_number);
        CREATE INDEX issue_lot ON issue (material, lot);
        """;
}
