using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Reports may correct others, as Quality has decided; what they take away is negative.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202611291430_CountJudgements")]
sealed class CountJudgements : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            ALTER TABLE report ADD corrects uuid REFERENCES report;
            DO $$
            DECLARE rule text;
            BEGIN
                SELECT conname INTO STRICT rule FROM pg_constraint
                WHERE conrelid = 'report'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%reverses IS NOT NULL%';
                EXECUTE format('ALTER TABLE report DROP CONSTRAINT %I', rule);
            END $$;
            ALTER TABLE report ADD CONSTRAINT report_quantities CHECK (reverses IS NOT NULL OR corrects IS NOT NULL
                OR (good >= 0 AND scrap >= 0 AND nonconforming >= 0));
            CREATE TABLE judgement (
                id uuid PRIMARY KEY, report_id uuid NOT NULL REFERENCES report, version bigint NOT NULL, correction_id uuid);
            """);
        migrationBuilder.Sql(MesSchema.Grants("report", "erp_feed"));
    }
}
