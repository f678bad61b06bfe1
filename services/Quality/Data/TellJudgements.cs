using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Quality.Data;

/// <summary>
/// A nonconformance knows the report whose pieces it is on, and what of it the order was told; an inspection whose report was
/// undone after the verdict is withdrawn, with its verdict on record.
/// </summary>
[DbContext(typeof(QualityDb)), Migration("202611291410_TellJudgements")]
sealed class TellJudgements : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE nonconformance ADD judged_report_id uuid REFERENCES followed_report,
            ADD version bigint NOT NULL DEFAULT 0 CHECK (version >= 0);
        UPDATE nonconformance n SET judged_report_id = coalesce(n.report_id,
            (SELECT i.report_id FROM inspection i WHERE i.id = n.inspection_id));
        ALTER TABLE nonconformance ALTER judged_report_id SET NOT NULL;
        CREATE INDEX nonconformance_judged_report ON nonconformance (judged_report_id);

        DO $$
        DECLARE rule text;
        BEGIN
            SELECT conname INTO STRICT rule FROM pg_constraint
            WHERE conrelid = 'inspection'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%CASE%';
            EXECUTE format('ALTER TABLE inspection DROP CONSTRAINT %I', rule);
        END $$;
        ALTER TABLE inspection ADD CONSTRAINT inspection_verdict CHECK (CASE
            WHEN decided_by IS NOT NULL
            THEN status NOT IN ('Open', 'Cancelled') AND accepted_quantity + rejected_quantity = quantity
            ELSE status IN ('Open', 'Cancelled', 'Withdrawn') AND accepted_quantity IS NULL AND rejected_quantity IS NULL END);
        """);
}
