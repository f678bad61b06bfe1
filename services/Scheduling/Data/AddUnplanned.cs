using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>What a plan leaves out and which orders it ends late, kept with the plan; reports one by one, so that undone ones
/// can be told from others.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202611291701_Unplanned")]
sealed class AddUnplanned : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE plan ADD unplanned_steps int NOT NULL DEFAULT 0, ADD warnings jsonb NOT NULL DEFAULT '[]';

            CREATE TABLE plan_unplanned (
                plan_id uuid NOT NULL REFERENCES plan ON DELETE CASCADE, rank int NOT NULL, order_id uuid NOT NULL,
                number text NOT NULL, operation_id uuid NOT NULL, operation text NOT NULL, code text NOT NULL,
                hint text NOT NULL, details jsonb NOT NULL, waiting jsonb NOT NULL, PRIMARY KEY (plan_id, rank));

            CREATE TABLE plan_late_order (
                plan_id uuid NOT NULL REFERENCES plan ON DELETE CASCADE, rank int NOT NULL, order_id uuid NOT NULL,
                number text NOT NULL, due_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
                last_operation_id uuid NOT NULL, PRIMARY KEY (plan_id, rank));
            INSERT INTO plan_late_order
            SELECT plan_id, row_number() OVER (PARTITION BY plan_id ORDER BY ends_at - due_at DESC), order_id, number,
                   due_at, ends_at, operation_id
            FROM (SELECT DISTINCT ON (p.plan_id, p.order_id) p.plan_id, p.order_id, d.number, d.due_at, p.ends_at,
                         p.operation_id
                  FROM plan_operation p JOIN demand_order d USING (order_id)
                  ORDER BY p.plan_id, p.order_id, p.ends_at DESC) last
            WHERE ends_at > due_at;

            CREATE TABLE work_report (
                report_id uuid PRIMARY KEY, operation_id uuid, equipment text, started_at timestamptz,
                ended_at timestamptz, is_undone boolean NOT NULL);
            CREATE INDEX work_report_operation ON work_report (operation_id);
            CREATE INDEX work_report_equipment ON work_report (equipment, ended_at) WHERE NOT is_undone;
            CREATE INDEX work_report_ended ON work_report (ended_at);
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
