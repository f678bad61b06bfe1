using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Quality.Data;

/// <summary>What plans say of themselves names their operation as everything else does.</summary>
[DbContext(typeof(QualityDb)), Migration("202611301530_NameOperations")]
sealed class NameOperations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var (table, column) in new[]
            { ("inspection_plan", "definition"), ("plan_version", "definition"), ("inspection", "plan") })
        {
            migrationBuilder.Sql($"""
                UPDATE {table} SET {column} =
                    {column} - 'operationCode' || jsonb_build_object('operation', {column}->'operationCode')
                WHERE {column} ? 'operationCode'
                """);
        }
    }
}
