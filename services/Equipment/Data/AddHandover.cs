using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>Shifts leave notes to the next at a work center.</summary>
[DbContext(typeof(EquipmentDb)), Migration("202612012000_Handover")]
sealed class AddHandover : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE handover_note (
                id uuid PRIMARY KEY, work_center text NOT NULL REFERENCES work_center, text text NOT NULL,
                written_by text NOT NULL, writer_id text NOT NULL, written_at timestamptz NOT NULL, acknowledged_by text,
                acknowledged_at timestamptz);
            CREATE INDEX handover_note_open ON handover_note (written_at, id) WHERE acknowledged_at IS NULL;
            CREATE INDEX handover_note_time ON handover_note (written_at, id);
            CREATE INDEX handover_note_center ON handover_note (work_center, written_at, id);
            """);
        migrationBuilder.Sql(MesSchema.Grants("production_report", "downtime_withdrawal"));
    }
}
