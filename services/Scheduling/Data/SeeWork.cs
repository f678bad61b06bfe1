using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>Work that operators have begun: what is under way is planned as it is.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202612011430_SeeWork")]
sealed class SeeWork : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE work (
                work_id uuid PRIMARY KEY, version bigint NOT NULL, operation_id uuid NOT NULL, equipment text NOT NULL,
                started_at timestamptz NOT NULL, is_over boolean NOT NULL);
            CREATE INDEX work_under_way ON work (equipment, started_at) WHERE NOT is_over;
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
