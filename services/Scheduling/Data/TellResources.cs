using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>Resources are told to whoever writes routings, also those that are there already.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202611292130_TellResources")]
sealed class TellResources : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE plant_resource ADD version bigint NOT NULL DEFAULT 1;
        ALTER TABLE plant_resource ALTER version DROP DEFAULT;
        INSERT INTO outbox (message_id, type, body)
        SELECT gen_random_uuid(), 'ResourceChanged',
               jsonb_build_object('code', code, 'version', version, 'name', name, 'capacity', capacity)
        FROM plant_resource ORDER BY code;
        """);
}
