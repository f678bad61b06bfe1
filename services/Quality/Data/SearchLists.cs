using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Quality.Data;

/// <summary>Plans are searched by what code, name and product begin with, whichever case they are written in.</summary>
[DbContext(typeof(QualityDb)), Migration("202612010300_SearchLists")]
sealed class SearchLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE inspection_plan ADD name text;
        UPDATE inspection_plan SET name = definition ->> 'name';
        ALTER TABLE inspection_plan ALTER name SET NOT NULL;
        CREATE INDEX inspection_plan_search_code ON inspection_plan ((lower(code) COLLATE "C"), code);
        CREATE INDEX inspection_plan_search_name ON inspection_plan ((lower(name) COLLATE "C"), code);
        CREATE INDEX inspection_plan_search_product ON inspection_plan ((lower(product) COLLATE "C"), code);
        """);
}
