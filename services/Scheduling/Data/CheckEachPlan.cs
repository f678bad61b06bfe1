using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>
/// The same check of overlaps, plan by plan: asked for all plans that were written at once the database read the operations of
/// every plan there is. And the outbox keeps large messages as they are: packing them took as long as writing them.
/// </summary>
[DbContext(typeof(SchedulingDb)), Migration("202612030040_CheckEachPlan")]
sealed class CheckEachPlan : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE OR REPLACE FUNCTION refuse_overlaps() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            booked uuid;
            overlap record;
        BEGIN
            FOR booked IN SELECT DISTINCT plan_id FROM written LOOP
                SELECT * INTO overlap FROM (
                    SELECT equipment, setup_starts_at, max(ends_at) OVER (
                        PARTITION BY equipment COLLATE "C" ORDER BY setup_starts_at, ends_at
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
                    FROM plan_operation WHERE plan_id = booked AND setup_starts_at < ends_at) own
                WHERE busy_until > setup_starts_at LIMIT 1;
                IF FOUND THEN
                    RAISE exclusion_violation USING MESSAGE = format(
                        'plan %s books %s twice from %s on', booked, overlap.equipment, overlap.setup_starts_at);
                END IF;
            END LOOP;
            RETURN NULL;
        END $$;

        ALTER TABLE outbox ALTER COLUMN body SET STORAGE EXTERNAL;
        """);
}
