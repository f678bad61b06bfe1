using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Files are attached to orders, and products are shown by pictures.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612011000_Attachments")]
sealed class AddAttachments : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // Contents are compressed already, or small: the server need not try
        migrationBuilder.Sql(
            """
            CREATE TABLE order_attachment (
                id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES work_order, name text NOT NULL,
                content_type text NOT NULL, size_bytes int NOT NULL CHECK (size_bytes > 0), sha256 text NOT NULL,
                added_at timestamptz NOT NULL, added_by text NOT NULL, removed_at timestamptz, removed_by text);
            CREATE INDEX order_attachment_order ON order_attachment (order_id, added_at, id);
            CREATE TABLE attachment_content (
                attachment_id uuid PRIMARY KEY REFERENCES order_attachment, content bytea NOT NULL);
            ALTER TABLE attachment_content ALTER content SET STORAGE EXTERNAL;
            ALTER TABLE product ADD picture text;
            CREATE TABLE product_picture (
                product text PRIMARY KEY REFERENCES product, content_type text NOT NULL, sha256 text NOT NULL,
                content bytea NOT NULL);
            ALTER TABLE product_picture ALTER content SET STORAGE EXTERNAL;
            """);
        migrationBuilder.Sql(MesSchema.Grants("report", "erp_feed", "order_note", "attachment_content"));
    }
}
