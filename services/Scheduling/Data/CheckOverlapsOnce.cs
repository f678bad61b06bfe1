using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>
/// Still one operation at a time on each equipment of a plan, but seen once for the plan as a whole, in the order of time,
/// instead of in an index of ranges, whose upkeep cost more than all else that a plan in force takes.
/// </summary>
[DbContext(typeof(SchedulingDb)), Migration("20261126_OverlapsOnce")]
sealed class CheckOverlapsOnce : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE plan_operation DROP CONSTRAINT plan_operation_plan_id_equipment_tstzrange_excl;

            CREATE FUNCTION refuse_overlaps() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                overlap record;
            BEGIN
                SELECT * INTO overlap FROM (
                    SELECT plan_id, equipment, setup_starts_at, max(ends_at) OVER (
                        PARTITION BY plan_id, equipment ORDER BY setup_starts_at, ends_at
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
                    FROM plan_operation
                    WHERE plan_id IN (SELECT DISTINCT plan_id FROM written) AND setup_starts_at < ends_at) booked
                WHERE busy_until > setup_starts_at LIMIT 1;
                IF FOUND THEN
                    RAISE exclusion_violation USING MESSAGE = format(
                        'plan %s books %s twice from %s on', overlap.plan_id, overlap.equipment, overlap.setup_starts_at);
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER refuse_overlaps_inserted AFTER INSERT ON plan_operation
                REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_overlaps();
            CREATE TRIGGER refuse_overlaps_updated AFTER UPDATE ON plan_operation
                REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_overlaps();
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
