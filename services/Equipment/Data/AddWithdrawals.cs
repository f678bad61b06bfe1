using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>
/// Stops that are withdrawn, units that are retired, and figures that know the planned time of some products only.
/// </summary>
[DbContext(typeof(EquipmentDb)), Migration("202611291501_Withdrawals")]
sealed class AddWithdrawals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            ALTER TABLE downtime ADD reported_at timestamptz;
            UPDATE downtime SET reported_at = coalesce(ended_at, started_at);
            ALTER TABLE downtime ALTER reported_at SET NOT NULL;

            CREATE TABLE downtime_withdrawal (
                id uuid PRIMARY KEY,
                downtime_id uuid NOT NULL UNIQUE REFERENCES downtime,
                reason text NOT NULL,
                withdrawn_at timestamptz NOT NULL
            );

            ALTER TABLE equipment_unit ADD retired_at timestamptz CHECK (retired_at IS NULL OR version > 0);

            -- figures that were unknown because of one product are computed again
            INSERT INTO figure_dirty (equipment, from_at, to_at)
            SELECT equipment, starts_at, ends_at FROM shift_figure
            WHERE superseded_at IS NULL
              AND EXISTS (
                  SELECT FROM jsonb_array_elements(products) p WHERE p ->> 'plannedRunTimePerItemSeconds' IS NULL);
            """);
        migrationBuilder.Sql(MesSchema.Grants("production_report", "downtime_withdrawal"));
    }
}
