using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.WorkOrders.Data;

/// <summary>Operations of routings have instructions, and what was shown to whom is kept.</summary>
[DbContext(typeof(WorkOrdersDb)), Migration("202612012000_Instructions")]
sealed class AddInstructions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // Contents are compressed already: the server need not try
        migrationBuilder.Sql(
            """
            CREATE TABLE instruction (
                id uuid PRIMARY KEY, routing text NOT NULL, operation text NOT NULL,
                revision integer NOT NULL CHECK (revision > 0), text text NOT NULL, files uuid[] NOT NULL,
                is_empty boolean NOT NULL, written_at timestamptz NOT NULL, written_by text NOT NULL,
                UNIQUE (routing, operation, revision));
            CREATE TABLE instruction_file (
                id uuid PRIMARY KEY, routing text NOT NULL, operation text NOT NULL, name text NOT NULL,
                content_type text NOT NULL, size_bytes int NOT NULL CHECK (size_bytes > 0), sha256 text NOT NULL,
                added_at timestamptz NOT NULL, added_by text NOT NULL);
            CREATE TABLE instruction_content (
                file_id uuid PRIMARY KEY REFERENCES instruction_file, content bytea NOT NULL);
            ALTER TABLE instruction_content ALTER content SET STORAGE EXTERNAL;
            CREATE TABLE instruction_reading (
                id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES work_order,
                operation_id uuid NOT NULL REFERENCES operation, routing text NOT NULL, operation text NOT NULL,
                revision integer NOT NULL, operator text NOT NULL, reading text NOT NULL, at timestamptz NOT NULL,
                UNIQUE (operation_id, operator, revision, reading),
                FOREIGN KEY (routing, operation, revision) REFERENCES instruction (routing, operation, revision));
            CREATE INDEX instruction_reading_of ON instruction_reading (routing, operation, operator, revision);
            CREATE INDEX instruction_reading_at ON instruction_reading (at, id);
            """);
        migrationBuilder.Sql(MesSchema.Grants(
            "report", "erp_feed", "order_note", "attachment_content", "serial_number", "printed_paper", "instruction",
            "instruction_file", "instruction_content", "instruction_reading"));
    }
}
