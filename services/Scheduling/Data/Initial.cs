using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>The first tables.</summary>
[DbContext(typeof(SchedulingDb)), Migration("20261121_Initial")]
sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(MesSchema.Sql);
        migrationBuilder.Sql(FormerJobTables.Sql);
        migrationBuilder.Sql(Demand);
        migrationBuilder.Sql(Plans);
        migrationBuilder.Sql(MesSchema.Grants());
    }

    const string Demand = """
        CREATE TABLE demand_order (
            order_id uuid PRIMARY KEY, number text NOT NULL, version bigint NOT NULL, status text NOT NULL,
            quantity numeric(18,6) NOT NULL, priority int NOT NULL, release_at timestamptz, due_at timestamptz);
        CREATE INDEX demand_order_open ON demand_order (order_id) WHERE status = 'Released';

        CREATE TABLE demand_operation (
            operation_id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES demand_order ON DELETE CASCADE,
            sequence int NOT NULL,
            code text NOT NULL, equipment text[] NOT NULL, setup_family text, setup_seconds numeric(18,6) NOT NULL,
            run_seconds_per_unit numeric(18,6) NOT NULL, is_done boolean NOT NULL);
        CREATE INDEX demand_operation_order ON demand_operation (order_id);

        -- what was reported, whether or not the order is known yet
        CREATE TABLE progress (
            operation_id uuid PRIMARY KEY, finished numeric(18,6) NOT NULL, reports int NOT NULL);

        CREATE TABLE equipment (
            code text PRIMARY KEY, name text NOT NULL, kind text NOT NULL, version bigint NOT NULL);
        CREATE TABLE equipment_calendar (equipment text PRIMARY KEY, calendar text NOT NULL);
        CREATE TABLE equipment_availability (
            equipment text PRIMARY KEY, is_down boolean NOT NULL, expected_up_at timestamptz, version bigint NOT NULL);
        CREATE TABLE shortage (order_id uuid PRIMARY KEY, version bigint NOT NULL, is_short boolean NOT NULL);
        CREATE TABLE calendar (
            code text PRIMARY KEY, zone text NOT NULL, shifts jsonb NOT NULL, closed_days jsonb NOT NULL);

        -- counts every change that may make the plan out of date
        CREATE TABLE planning_state (id boolean PRIMARY KEY DEFAULT true CHECK (id), planned_change bigint NOT NULL DEFAULT 0);
        INSERT INTO planning_state DEFAULT VALUES;
        CREATE SEQUENCE demand_change;
        """;

    const string Plans = """
        CREATE EXTENSION IF NOT EXISTS btree_gist;
        CREATE TABLE plan (
            id uuid PRIMARY KEY, version bigint NOT NULL UNIQUE, mode text NOT NULL, method text NOT NULL,
            origin timestamptz NOT NULL,
            operations int NOT NULL, weighted_tardiness_seconds bigint NOT NULL, bound_seconds bigint NOT NULL,
            gap double precision NOT NULL, makespan_seconds bigint NOT NULL, duration_ms bigint NOT NULL);

        CREATE TABLE plan_operation (
            plan_id uuid NOT NULL REFERENCES plan ON DELETE CASCADE, operation_id uuid NOT NULL, order_id uuid NOT NULL,
            equipment text NOT NULL, setup_starts_at timestamptz NOT NULL, starts_at timestamptz NOT NULL,
            ends_at timestamptz NOT NULL,
            waits_for text NOT NULL, waits_on text,
            PRIMARY KEY (plan_id, operation_id),
            CHECK (setup_starts_at <= starts_at AND starts_at <= ends_at),
            -- one operation at a time on each equipment of a plan
            EXCLUDE USING gist (plan_id WITH =, equipment WITH =, tstzrange(setup_starts_at, ends_at) WITH &&));
        """;
}
