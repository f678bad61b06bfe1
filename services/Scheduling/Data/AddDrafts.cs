using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>Drafts of planners, and operations that are kept out of the plan.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202612021000_Drafts")]
sealed class AddDrafts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE plan_draft (
                id uuid PRIMARY KEY, owner text NOT NULL, owner_name text NOT NULL, status text NOT NULL,
                base_version bigint NOT NULL, revision int NOT NULL, steps jsonb NOT NULL, lost jsonb NOT NULL,
                published_version bigint, created_at timestamptz NOT NULL, changed_at timestamptz NOT NULL);
            ALTER TABLE plan ADD draft_id uuid REFERENCES plan_draft ON DELETE CASCADE, ADD base_version bigint,
                ADD UNIQUE (draft_id, revision);
            CREATE TABLE taken_out_operation (operation_id uuid PRIMARY KEY);
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
