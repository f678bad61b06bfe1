using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Operators begin work, let it rest and end it; their skills may expire.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612011430_BeginWork")]
sealed class BeginWork : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE operation ADD work_under_way integer NOT NULL DEFAULT 0 CHECK (work_under_way >= 0);
            ALTER TABLE operator ADD skill_expiries jsonb NOT NULL DEFAULT '[]';
            CREATE TABLE work (
                id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES work_order,
                operation_id uuid NOT NULL REFERENCES operation,
                equipment text NOT NULL, operator text NOT NULL, sign_on_id uuid NOT NULL REFERENCES sign_on,
                activity text NOT NULL, started_at timestamptz NOT NULL, state text NOT NULL, since timestamptz NOT NULL,
                pause_reason text, reported_until timestamptz NOT NULL, seconds_before numeric(18,6) NOT NULL, ended_by text,
                version bigint NOT NULL);
            CREATE UNIQUE INDEX work_under_way ON work (operation_id, operator, equipment) WHERE state <> 'Ended';
            CREATE INDEX work_sign_on ON work (sign_on_id) WHERE state <> 'Ended';
            CREATE INDEX work_operation ON work (operation_id, started_at);
            CREATE INDEX work_order_started ON work (order_id, started_at);
            CREATE INDEX work_operator ON work (operator, started_at);
            CREATE INDEX work_equipment ON work (equipment, started_at);
            CREATE INDEX work_started ON work (started_at, id);
            """);
        migrationBuilder.Sql(MesSchema.Grants(
            "report", "erp_feed", "order_note", "attachment_content", "serial_number", "printed_paper"));
    }
}
