using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>The whole planning model, runs, events, locks and scenarios.</summary>
[DbContext(typeof(SchedulingDb)), Migration("20261125_Planning")]
sealed class AddPlanning : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Model);
        migrationBuilder.Sql(Planning);
        migrationBuilder.Sql(Scenarios);
        migrationBuilder.Sql(MesSchema.Grants());
    }

    const string Model = """
        ALTER TABLE demand_order ADD product text NOT NULL DEFAULT '';
        ALTER TABLE demand_operation
            ADD alternatives jsonb, ADD resources jsonb, ADD links jsonb, ADD is_splittable boolean NOT NULL DEFAULT true;
        ALTER TABLE progress ADD equipment text, ADD started_at timestamptz, ADD ended_at timestamptz;
        ALTER TABLE shortage ADD expected_at timestamptz;

        -- what was run last on each equipment: it is set up for its family
        CREATE TABLE equipment_last (equipment text PRIMARY KEY, operation_id uuid NOT NULL, ended_at timestamptz NOT NULL);
        CREATE TABLE quality_hold (
            id uuid PRIMARY KEY, version bigint NOT NULL, is_active boolean NOT NULL, operation_id uuid);
        CREATE INDEX quality_hold_active ON quality_hold (operation_id) WHERE is_active;

        CREATE TABLE setup_times (equipment text PRIMARY KEY, default_seconds int NOT NULL, changes jsonb NOT NULL);
        CREATE TABLE plant_resource (
            code text PRIMARY KEY, name text NOT NULL, capacity int NOT NULL CHECK (capacity >= 1), calendar text
            REFERENCES calendar,
            is_held_during_pauses boolean NOT NULL);
        CREATE TABLE routing (
            product text NOT NULL, code text NOT NULL, revision text NOT NULL, operations jsonb NOT NULL,
            PRIMARY KEY (product, code, revision));
        CREATE TABLE planning_settings (
            id boolean PRIMARY KEY DEFAULT true CHECK (id), frozen_minutes int NOT NULL DEFAULT 0, stability_weight int
            NOT NULL DEFAULT 1,
            full_seconds int NOT NULL DEFAULT 60, incremental_seconds int NOT NULL DEFAULT 20, repair_seconds int NOT
            NULL DEFAULT 5,
            workers int NOT NULL DEFAULT 2, deviation_minutes int NOT NULL DEFAULT 30);
        INSERT INTO planning_settings DEFAULT VALUES;
        CREATE TABLE operation_lock (
            operation_id uuid PRIMARY KEY, equipment text NOT NULL, starts_at timestamptz NOT NULL, reason text);
        """;

    const string Planning = """
        -- events that the plan in force has not answered yet
        CREATE TABLE planning_event (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, subject text NOT NULL,
            noted_at timestamptz NOT NULL DEFAULT clock_timestamp());
        ALTER TABLE plan ALTER version DROP NOT NULL, ADD trigger text NOT NULL DEFAULT '', ADD run_id uuid, ADD scenario_id uuid,
        ADD revision int, ADD late_orders int NOT NULL DEFAULT 0, ADD setup_seconds bigint NOT NULL DEFAULT 0,
        ADD work_in_process_seconds bigint NOT NULL DEFAULT 0;

        CREATE TABLE planning_run (
            id uuid NOT NULL, attempt int NOT NULL, sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
            trigger text NOT NULL, mode text NOT NULL, scenario_id uuid, status text NOT NULL,
            started_at timestamptz NOT NULL, ended_at timestamptz, orders int, operations int,
            value jsonb, bound jsonb, gap double precision, duration_ms bigint, plan_id uuid, plan_version bigint, error text,
            PRIMARY KEY (id, attempt));
        CREATE TABLE planning_progress (
            run_id uuid NOT NULL, attempt int NOT NULL, number int NOT NULL, seconds double precision NOT NULL,
            value jsonb NOT NULL, bound jsonb NOT NULL, gap double precision NOT NULL,
            PRIMARY KEY (run_id, attempt, number), FOREIGN KEY (run_id, attempt) REFERENCES planning_run ON DELETE CASCADE);
        """;

    const string Scenarios = """
        CREATE TABLE scenario (
            id uuid PRIMARY KEY, name text NOT NULL, status text NOT NULL, base_version bigint NOT NULL, revision int NOT NULL,
            facts jsonb NOT NULL, changes jsonb NOT NULL, origin timestamptz NOT NULL, created_at timestamptz NOT NULL);
        ALTER TABLE plan ADD FOREIGN KEY (scenario_id) REFERENCES scenario ON DELETE CASCADE, ADD UNIQUE (scenario_id, revision);
        CREATE INDEX plan_operation_equipment ON plan_operation (plan_id, equipment, starts_at);
        """;
}
