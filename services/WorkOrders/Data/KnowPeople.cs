using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>
/// People come from Identity. The operators that are there stay valid, known only here (version 0) until Identity tells of
/// somebody with their code.
/// </summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202611300400_KnowPeople")]
sealed class KnowPeople : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE operator ADD version bigint NOT NULL DEFAULT 0, ADD is_active boolean NOT NULL DEFAULT true,
            ADD off_floor_since timestamptz;
        """);
}
