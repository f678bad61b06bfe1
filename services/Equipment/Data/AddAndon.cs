using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>Calls for help from the floor, and who is called when nobody comes.</summary>
[DbContext(typeof(EquipmentDb)), Migration("202612011500_AddAndon")]
sealed class AddAndon : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE andon_call (
                id uuid PRIMARY KEY, kind text NOT NULL, equipment text NOT NULL REFERENCES equipment_unit, order_number text,
                operation_code text, note text, called_by text NOT NULL, caller_id text NOT NULL, called_at timestamptz NOT NULL,
                status text NOT NULL, role text NOT NULL, acknowledged_by text, acknowledged_at timestamptz,
                closed_by text, closed_at timestamptz, resolution text, version bigint NOT NULL);
            CREATE INDEX andon_call_open ON andon_call (called_at) WHERE closed_at IS NULL;
            CREATE INDEX andon_call_time ON andon_call (called_at, id);
            CREATE INDEX andon_call_equipment ON andon_call (equipment, called_at);
            CREATE TABLE andon_escalation (kind text PRIMARY KEY, steps jsonb NOT NULL);
            """);
        migrationBuilder.Sql(MesSchema.Grants("production_report", "downtime_withdrawal"));
    }
}
