using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Quality.Data;

[DbContext(typeof(QualityDb)), Migration("20261121_Initial")]
sealed class Initial : Migration
{
    const string Plans = """
        CREATE TABLE inspection_plan (
            code text PRIMARY KEY,
            version int NOT NULL CHECK (version >= 1),
            definition jsonb NOT NULL,
            product text,
            operation_code text,
            is_active boolean NOT NULL,
            changed_at timestamptz NOT NULL
        );
        CREATE INDEX inspection_plan_for ON inspection_plan (product, operation_code) WHERE is_active;

        CREATE TABLE plan_version (
            code text NOT NULL,
            version int NOT NULL CHECK (version >= 1),
            definition jsonb NOT NULL,
            changed_at timestamptz NOT NULL,
            PRIMARY KEY (code, version)
        );
        """;

    const string Followed = """
        CREATE TABLE followed_order (
            order_id uuid PRIMARY KEY,
            number text NOT NULL,
            product text NOT NULL,
            status text,
            version bigint NOT NULL DEFAULT 0,
            operations jsonb NOT NULL DEFAULT '[]'
        );
        CREATE INDEX followed_order_number ON followed_order (number);

        CREATE TABLE followed_report (
            report_id uuid PRIMARY KEY,
            order_id uuid NOT NULL REFERENCES followed_order,
            report jsonb,
            undone_by uuid
        );
        CREATE INDEX followed_report_order ON followed_report (order_id);
        """;

    // A first article is inspected once per order and plan, a report once per plan: whatever a consumer believes
    const string Inspections = """
        CREATE SEQUENCE inspection_serial;
        CREATE TABLE inspection (
            id uuid PRIMARY KEY,
            serial bigint NOT NULL UNIQUE,
            plan_code text NOT NULL,
            plan_version int NOT NULL,
            plan jsonb NOT NULL,
            trigger text NOT NULL CHECK (trigger IN ('EveryReport', 'FirstReport')),
            report_id uuid NOT NULL REFERENCES followed_report,
            order_id uuid NOT NULL REFERENCES followed_order,
            order_number text NOT NULL,
            operation_id uuid NOT NULL,
            operation_code text NOT NULL,
            next_operation_id uuid,
            product text NOT NULL,
            lot text NOT NULL,
            equipment text NOT NULL,
            operator text NOT NULL,
            quantity numeric(18,6) NOT NULL CHECK (quantity > 0),
            unit text NOT NULL,
            sample_size int NOT NULL CHECK (sample_size >= 1),
            reported_at timestamptz NOT NULL,
            opened_at timestamptz NOT NULL,
            status text NOT NULL
                CHECK (status IN ('Open', 'Accepted', 'Rejected', 'PartlyAccepted', 'Withdrawn', 'Cancelled')),
            measurement_count int NOT NULL CHECK (measurement_count >= 0),
            accepted_quantity numeric(18,6) CHECK (accepted_quantity >= 0),
            rejected_quantity numeric(18,6) CHECK (rejected_quantity >= 0),
            ended_at timestamptz,
            decided_by text,
            verdict_reason text,
            FOREIGN KEY (plan_code, plan_version) REFERENCES plan_version,
            CHECK ((status = 'Open') = (ended_at IS NULL)),
            CHECK (CASE WHEN status IN ('Accepted', 'Rejected', 'PartlyAccepted')
                   THEN decided_by IS NOT NULL AND accepted_quantity + rejected_quantity = quantity
                   ELSE decided_by IS NULL AND accepted_quantity IS NULL AND rejected_quantity IS NULL END)
        );
        CREATE UNIQUE INDEX inspection_of_report ON inspection (plan_code, report_id) WHERE status <> 'Withdrawn';
        CREATE UNIQUE INDEX inspection_of_first_article ON inspection (plan_code, order_id)
            WHERE trigger = 'FirstReport' AND status <> 'Withdrawn';
        CREATE INDEX inspection_report ON inspection (report_id);
        CREATE INDEX inspection_order ON inspection (order_id);
        CREATE INDEX inspection_open ON inspection (serial) WHERE status = 'Open';

        CREATE TABLE measurement (
            inspection_id uuid NOT NULL REFERENCES inspection,
            position int NOT NULL CHECK (position >= 1),
            sample int NOT NULL CHECK (sample >= 1),
            characteristic text NOT NULL,
            value numeric(18,6),
            conforms boolean,
            judgement text NOT NULL CHECK (judgement IN ('Within', 'Warning', 'Out')),
            recorded_by text NOT NULL,
            recorded_at timestamptz NOT NULL,
            PRIMARY KEY (inspection_id, position),
            CHECK ((value IS NULL) <> (conforms IS NULL))
        );
        """;

    const string HoldsAndNonconformances = """
        CREATE TABLE hold (
            id uuid PRIMARY KEY,
            version bigint NOT NULL CHECK (version >= 1),
            is_active boolean NOT NULL,
            order_id uuid,
            blocked_operation_id uuid,
            material text,
            lot text,
            reason text NOT NULL,
            inspection_id uuid REFERENCES inspection,
            placed_at timestamptz NOT NULL,
            placed_by text NOT NULL,
            released_at timestamptz,
            released_by text,
            release_reason text,
            CHECK (order_id IS NOT NULL OR blocked_operation_id IS NOT NULL OR lot IS NOT NULL),
            CHECK ((lot IS NULL) = (material IS NULL)),
            CHECK (is_active = (released_at IS NULL) AND is_active = (released_by IS NULL)
                   AND is_active = (release_reason IS NULL))
        );
        CREATE UNIQUE INDEX hold_of_inspection ON hold (inspection_id) WHERE is_active;
        CREATE INDEX hold_active ON hold (id) WHERE is_active;
        CREATE INDEX hold_lot ON hold (lot);
        CREATE INDEX hold_order ON hold (order_id);

        CREATE SEQUENCE nonconformance_serial;
        CREATE TABLE nonconformance (
            id uuid PRIMARY KEY,
            serial bigint NOT NULL UNIQUE,
            report_id uuid UNIQUE REFERENCES followed_report,
            inspection_id uuid UNIQUE REFERENCES inspection,
            order_id uuid NOT NULL,
            order_number text NOT NULL,
            operation_id uuid NOT NULL,
            operation_code text NOT NULL,
            product text NOT NULL,
            lot text NOT NULL,
            equipment text NOT NULL,
            operator text NOT NULL,
            quantity numeric(18,6) NOT NULL CHECK (quantity > 0),
            unit text NOT NULL,
            reported_at timestamptz NOT NULL,
            opened_at timestamptz NOT NULL,
            ended_at timestamptz,
            status text NOT NULL CHECK (status IN ('Open', 'Closed', 'Withdrawn')),
            CHECK ((report_id IS NULL) <> (inspection_id IS NULL)),
            CHECK ((status = 'Open') = (ended_at IS NULL))
        );
        CREATE INDEX nonconformance_order ON nonconformance (order_number);
        CREATE INDEX nonconformance_open ON nonconformance (serial) WHERE status = 'Open';

        CREATE TABLE disposition (
            nonconformance_id uuid NOT NULL REFERENCES nonconformance,
            position int NOT NULL CHECK (position >= 1),
            kind text NOT NULL CHECK (kind IN ('UseAsIs', 'Rework', 'Scrap', 'Return')),
            quantity numeric(18,6) NOT NULL CHECK (quantity > 0),
            reason text NOT NULL,
            decided_by text NOT NULL,
            decided_at timestamptz NOT NULL,
            PRIMARY KEY (nonconformance_id, position)
        );
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(MesSchema.Sql);
        migrationBuilder.Sql(Plans);
        migrationBuilder.Sql(Followed);
        migrationBuilder.Sql(Inspections);
        migrationBuilder.Sql(HoldsAndNonconformances);
        migrationBuilder.Sql(MesSchema.Grants("plan_version", "measurement", "disposition"));
    }
}
