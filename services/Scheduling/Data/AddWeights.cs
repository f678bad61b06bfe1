using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>What due dates and setups weigh against each other and against calm; as before where nobody says otherwise.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202612021800_Weights")]
sealed class AddWeights : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE planning_settings
                ADD tardiness_weight int NOT NULL DEFAULT 100, ADD setup_weight int NOT NULL DEFAULT 0;
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
