using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>What was planned for a day when it began, to be set beside what happened.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202612022000_Baseline")]
sealed class AddBaseline : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE TABLE baseline_day (day date PRIMARY KEY, plan_version bigint NOT NULL, zone text NOT NULL);
            CREATE TABLE baseline_operation (
                day date NOT NULL REFERENCES baseline_day ON DELETE CASCADE, operation_id uuid NOT NULL, order_id uuid NOT NULL,
                equipment text NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
                PRIMARY KEY (day, operation_id));
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
