using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Equipment.Data;

/// <summary>Figures name what was made as the reports do that they are made of: product, good, scrap.</summary>
[DbContext(typeof(EquipmentDb)), Migration("202611301600_NameProducts")]
sealed class NameProducts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        UPDATE shift_figure SET products = (
            SELECT jsonb_agg(jsonb_build_object(
                'product', p -> 'productId', 'plannedRunTimePerItemSeconds', p -> 'plannedRunTimePerItemSeconds',
                'produced', p -> 'producedQuantity', 'good', p -> 'goodQuantity', 'scrap', p -> 'scrapQuantity') ORDER BY place)
            FROM jsonb_array_elements(products) WITH ORDINALITY AS element (p, place))
        WHERE products <> '[]' AND products -> 0 ? 'productId';
        """);
}
