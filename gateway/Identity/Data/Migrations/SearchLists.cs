using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Gateway.Identity.Data.Migrations;

/// <summary>Lists are searched by what codes and names begin with, whichever case they are written in.</summary>
[DbContext(typeof(IdentityDb)), Migration("202612010300_SearchLists")]
sealed class SearchLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX people_search_code ON people ((lower(code) COLLATE "C"), code);
        CREATE INDEX people_search_name ON people ((lower(name) COLLATE "C"), code);
        """);
}
