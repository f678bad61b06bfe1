using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>
/// The operations of a plan still go with it, but at once instead of by a foreign key, whose check of each row took as long as
/// the writing; and without an index that no list needed: one plan is read whole in less time than its upkeep took.
/// </summary>
[DbContext(typeof(SchedulingDb)), Migration("202612022010_LeanPlans")]
sealed class LeanPlans : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE plan_operation DROP CONSTRAINT plan_operation_plan_id_fkey;
            DROP INDEX plan_operation_equipment;

            CREATE FUNCTION forget_operations() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                DELETE FROM plan_operation WHERE plan_id IN (SELECT id FROM gone);
                RETURN NULL;
            END $$;
            CREATE TRIGGER forget_operations AFTER DELETE ON plan
                REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION forget_operations();
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
