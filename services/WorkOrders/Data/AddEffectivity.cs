using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Revisions are effective from and to a time, and are found by the codes that they name.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612011000_Effectivity")]
sealed class AddEffectivity : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE routing ADD effective_from timestamptz, ADD effective_to timestamptz,
            ADD CONSTRAINT routing_effectivity CHECK (effective_from < effective_to);
        CREATE INDEX routing_components ON routing USING gin (components jsonb_path_ops);
        CREATE INDEX routing_steps ON routing USING gin (steps jsonb_path_ops);
        """);
}
