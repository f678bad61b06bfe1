using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>The tables of the service.</summary>
[DbContext(typeof(EquipmentDb)), Migration("20261121_Initial")]
sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(MesSchema.Sql);
        migrationBuilder.Sql(MasterData);
        migrationBuilder.Sql(Activity);
        migrationBuilder.Sql(Timeline);
        migrationBuilder.Sql(Figures);
        migrationBuilder.Sql(MesSchema.Grants("production_report"));
    }

    const string MasterData = """
        CREATE TABLE work_center (
            code text PRIMARY KEY,
            name text NOT NULL,
            area text NOT NULL,
            site text NOT NULL
        );

        CREATE TABLE shift_calendar (
            code text PRIMARY KEY,
            definition jsonb NOT NULL
        );
        INSERT INTO shift_calendar VALUES ('plant', '{
            "zone": "UTC",
            "patterns": [{"validFrom": "2000-01-01", "cycle": [[
                {"code": "early", "start": "06:00", "end": "14:00", "breaks": []},
                {"code": "late", "start": "14:00", "end": "22:00", "breaks": []},
                {"code": "night", "start": "22:00", "end": "06:00", "breaks": []}]]}],
            "exceptions": []}');

        -- version 0: nobody has defined it yet, but the floor has reported on it
        CREATE TABLE equipment_unit (
            code text PRIMARY KEY,
            name text NOT NULL,
            work_center text REFERENCES work_center,
            kind text NOT NULL CHECK (kind IN ('Production', 'Inspection')),
            calendar text NOT NULL REFERENCES shift_calendar,
            version bigint NOT NULL CHECK (version >= 0),
            CHECK (version = 0 OR work_center IS NOT NULL)
        );

        CREATE TABLE equipment_availability (
            equipment text PRIMARY KEY REFERENCES equipment_unit,
            version bigint NOT NULL CHECK (version > 0),
            is_down boolean NOT NULL,
            since timestamptz NOT NULL,
            reason text,
            expected_up_at timestamptz
        );

        CREATE TABLE downtime_reason (
            code text PRIMARY KEY CHECK (code <> 'unclassified'),
            parent_code text REFERENCES downtime_reason DEFERRABLE INITIALLY DEFERRED CHECK (parent_code <> code),
            name_en text NOT NULL,
            name_zh text NOT NULL,
            position int NOT NULL
        );
        """;

    // No foreign key to the unit: each report would lock its row. The consumer makes sure that it exists.
    const string Activity = """
        CREATE EXTENSION IF NOT EXISTS btree_gist;

        CREATE TABLE production_report (
            report_id uuid PRIMARY KEY,
            reverses uuid,
            equipment text NOT NULL,
            activity text NOT NULL CHECK (activity IN ('Run', 'Setup')),
            started_at timestamptz NOT NULL,
            ended_at timestamptz NOT NULL CHECK (ended_at >= started_at),
            last_instant timestamptz NOT NULL CHECK (last_instant BETWEEN started_at AND ended_at),
            good numeric(18,6) NOT NULL,
            scrap numeric(18,6) NOT NULL,
            nonconforming numeric(18,6) NOT NULL,
            run_seconds_per_unit numeric(18,6) CHECK (run_seconds_per_unit > 0),
            product text NOT NULL,
            order_number text NOT NULL,
            operation_code text NOT NULL,
            operator text NOT NULL,
            is_rework boolean NOT NULL,
            reported_at timestamptz NOT NULL
        );
        CREATE INDEX production_report_reverses ON production_report (reverses) WHERE reverses IS NOT NULL;
        CREATE INDEX production_report_counted ON production_report (equipment, last_instant, report_id);
        CREATE INDEX production_report_time ON production_report
            USING gist (equipment, tstzrange(started_at, ended_at)) WHERE reverses IS NULL;

        CREATE TABLE downtime (
            id uuid PRIMARY KEY,
            equipment text NOT NULL REFERENCES equipment_unit,
            started_at timestamptz NOT NULL,
            ended_at timestamptz CHECK (ended_at >= started_at),
            expected_up_at timestamptz,
            operator text,
            order_number text,
            operation_code text
        );
        CREATE INDEX downtime_time ON downtime USING gist (equipment, tstzrange(started_at, ended_at));
        CREATE INDEX downtime_start ON downtime (equipment, started_at, id);

        CREATE TABLE downtime_part (
            downtime_id uuid NOT NULL REFERENCES downtime,
            from_at timestamptz NOT NULL,
            reason text REFERENCES downtime_reason,
            PRIMARY KEY (downtime_id, from_at)
        );
        CREATE INDEX downtime_part_reason ON downtime_part (reason);
        """;

    const string Timeline = """
        CREATE TABLE state_tile (
            equipment text NOT NULL,
            starts_at timestamptz NOT NULL,
            ends_at timestamptz CHECK (ends_at > starts_at),
            state text NOT NULL CHECK (state IN ('NotReported', 'Run', 'Setup', 'Breakdown')),
            record_ids uuid[] NOT NULL,
            PRIMARY KEY (equipment, starts_at),
            CHECK ((state = 'NotReported') = (cardinality(record_ids) = 0)),
            CONSTRAINT state_tiles_do_not_overlap
                EXCLUDE USING gist (equipment WITH =, tstzrange(starts_at, ends_at) WITH &&)
        );
        """;

    const string Figures = """
        CREATE TABLE shift_figure (
            equipment text NOT NULL,
            starts_at timestamptz NOT NULL,
            version int NOT NULL CHECK (version > 0),
            ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
            shift text NOT NULL,
            planned_busy_seconds numeric NOT NULL CHECK (planned_busy_seconds >= 0),
            run_seconds numeric NOT NULL CHECK (run_seconds >= 0),
            setup_seconds numeric NOT NULL CHECK (setup_seconds >= 0),
            down_seconds numeric NOT NULL CHECK (down_seconds >= 0),
            products jsonb NOT NULL,
            availability numeric,
            effectiveness numeric,
            quality numeric,
            oee numeric,
            computed_at timestamptz NOT NULL,
            superseded_at timestamptz,
            PRIMARY KEY (equipment, starts_at, version)
        );
        CREATE UNIQUE INDEX shift_figure_current ON shift_figure (equipment, starts_at) WHERE superseded_at IS NULL;
        CREATE INDEX shift_figure_plant ON shift_figure (starts_at) WHERE superseded_at IS NULL;

        -- times whose figures are to be computed again: appended with the change, so that nobody waits for anybody
        CREATE TABLE figure_dirty (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            equipment text NOT NULL,
            from_at timestamptz NOT NULL,
            to_at timestamptz CHECK (to_at > from_at)
        ) WITH (
            autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

        -- shifts that are still going on, to be computed when they are over
        CREATE TABLE figure_due (
            equipment text NOT NULL,
            starts_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL CHECK (due_at > starts_at),
            PRIMARY KEY (equipment, starts_at)
        );
        CREATE INDEX figure_due_at ON figure_due (due_at);
        """;
}
