using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>A draft that is taken anew on a newer plan keeps the plan that was looked at before.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202612021200_KeepDraftPlans")]
sealed class KeepDraftPlans : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE plan DROP CONSTRAINT plan_draft_id_revision_key, ADD UNIQUE (draft_id, base_version, revision);
        """);
}
