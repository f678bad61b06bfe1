using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Quality.Data;

/// <summary>An inspection tells whether the operator does it, so that those are found.</summary>
[DbContext(typeof(QualityDb)), Migration("202612012330_FindSelfInspections")]
sealed class FindSelfInspections : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE inspection ADD is_self_inspection boolean NOT NULL DEFAULT false");
}
