using Mes.Inventory.Domain;

namespace Mes.Inventory.Data;

/// <summary>The tables of the service.</summary>
static class InventorySchema
{
    // SQL: what migrations run
    // Not audited: what the installation brings
    public const string MasterData = $"""
        CREATE TABLE material (
            code text PRIMARY KEY, name text NOT NULL, unit text NOT NULL,
            is_tracked_by_lot boolean NOT NULL DEFAULT true, is_stub boolean NOT NULL,
            product_version bigint NOT NULL DEFAULT 0);

        CREATE TABLE location (
            code text PRIMARY KEY, name text NOT NULL,
            kind text NOT NULL CHECK (kind IN ('Storage', 'LineSide', 'Quarantine',
                'Supplier', 'Production', 'Consumption', 'Scrap', 'Adjustment')));
        INSERT INTO location (code, name, kind) VALUES
            ('{Location.Receiving}', 'Receiving area', 'Storage'),
            ('{Location.Supplier}', 'Suppliers', 'Supplier'),
            ('{Location.Production}', 'Production', 'Production'),
            ('{Location.Consumption}', 'Consumption', 'Consumption'),
            ('{Location.Scrap}', 'Scrap', 'Scrap'),
            ('{Location.Adjustment}', 'Adjustments', 'Adjustment'),
            ('STORE', 'Main store', 'Storage'),
            ('QUARANTINE', 'Quarantine', 'Quarantine');

        CREATE TABLE lot (
            material text NOT NULL REFERENCES material, number text NOT NULL,
            status text NOT NULL CHECK (status IN ('Available', 'Held')),
            origin text NOT NULL, received_at timestamptz, expires_at timestamptz,
            is_unsettled boolean NOT NULL DEFAULT false,
            PRIMARY KEY (material, number));

        CREATE TABLE quality_hold (
            id uuid PRIMARY KEY, version bigint NOT NULL, is_active boolean NOT NULL,
            material text NOT NULL, lot text NOT NULL, reason text NOT NULL);
        CREATE INDEX quality_hold_active ON quality_hold (material, lot) WHERE is_active;
        """;

    public const string Ledger = """
        CREATE TABLE movement (
            id uuid PRIMARY KEY, kind text NOT NULL,
            source_kind text NOT NULL, source_id text NOT NULL, leg_kind text NOT NULL, part int NOT NULL CHECK (part > 0),
            order_number text, reverses uuid UNIQUE REFERENCES movement, reason text, reference text,
            occurred_at timestamptz NOT NULL, posted_at timestamptz NOT NULL,
            CONSTRAINT movement_posted_once UNIQUE (source_kind, source_id, leg_kind, part));
        CREATE INDEX movement_order ON movement (order_number) WHERE order_number IS NOT NULL;

        CREATE TABLE ledger_entry (
            movement_id uuid NOT NULL REFERENCES movement, line int NOT NULL CHECK (line > 0),
            number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
            material text NOT NULL, lot text NOT NULL, location text NOT NULL REFERENCES location,
            quantity numeric(18, 6) NOT NULL CHECK (quantity <> 0),
            PRIMARY KEY (movement_id, line),
            FOREIGN KEY (material, lot) REFERENCES lot);
        CREATE INDEX ledger_entry_lot ON ledger_entry (material, lot, number);

        CREATE FUNCTION require_balanced_movement() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM ledger_entry WHERE movement_id = NEW.movement_id
                       GROUP BY material, lot HAVING sum(quantity) <> 0) THEN
                RAISE EXCEPTION 'The entries of movement % do not sum to zero.', NEW.movement_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_balanced';
            END IF;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER movement_balanced AFTER INSERT OR UPDATE ON ledger_entry
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced_movement();

        CREATE TABLE stock (
            material text NOT NULL, lot text NOT NULL, location text NOT NULL REFERENCES location,
            is_virtual boolean NOT NULL,
            on_hand numeric(18, 6) NOT NULL DEFAULT 0, reserved numeric(18, 6) NOT NULL DEFAULT 0,
            PRIMARY KEY (material, lot, location),
            FOREIGN KEY (material, lot) REFERENCES lot,
            CONSTRAINT stock_on_hand CHECK (is_virtual OR on_hand >= 0),
            CONSTRAINT stock_reserved CHECK (reserved >= 0 AND (is_virtual AND reserved = 0 OR reserved <= on_hand))
        ) WITH (fillfactor = 80);
        CREATE INDEX stock_location ON stock (location, material, lot);
        """;

    public const string Production = """
        CREATE TABLE production_report (
            report_id uuid PRIMARY KEY, reverses uuid, order_number text NOT NULL, product text NOT NULL, lot text NOT NULL,
            is_receipt boolean NOT NULL, good numeric(18, 6) NOT NULL, unit text NOT NULL, reported_at timestamptz NOT NULL);
        CREATE INDEX production_report_reverses ON production_report (reverses) WHERE reverses IS NOT NULL;

        CREATE TABLE production_line (
            report_id uuid NOT NULL, kind text NOT NULL CHECK (kind IN ('Receipt', 'Consumption')),
            material text NOT NULL, lot text NOT NULL,
            reported numeric(18, 6) NOT NULL CHECK (reported >= 0), reversed numeric(18, 6) NOT NULL CHECK (reversed >= 0),
            accepted numeric(18, 6) NOT NULL DEFAULT 0 CHECK (accepted >= 0),
            posted numeric(18, 6) NOT NULL DEFAULT 0 CHECK (posted BETWEEN 0 AND reported),
            short numeric(18, 6) NOT NULL DEFAULT 0 CHECK (short >= 0),
            parts int NOT NULL DEFAULT 0, order_number text NOT NULL, reported_at timestamptz NOT NULL,
            PRIMARY KEY (report_id, kind, material, lot),
            FOREIGN KEY (material, lot) REFERENCES lot) WITH (fillfactor = 80);
        CREATE INDEX production_line_lot ON production_line (material, lot);

        CREATE TABLE discrepancy (
            id uuid PRIMARY KEY, kind text NOT NULL, report_id uuid, order_number text,
            material text NOT NULL, lot text NOT NULL,
            quantity numeric(18, 6) NOT NULL CHECK (quantity >= 0), unit text NOT NULL,
            status text NOT NULL CHECK (status IN ('Open', 'Settled', 'Resolved')),
            detected_at timestamptz NOT NULL, closed_at timestamptz, reason text, closed_by text,
            CHECK ((status = 'Open') = (closed_at IS NULL)),
            CONSTRAINT discrepancy_once UNIQUE NULLS NOT DISTINCT (kind, report_id, material, lot));
        CREATE INDEX discrepancy_open ON discrepancy (id) WHERE status = 'Open';
        """;

    public const string Demand = """
        CREATE TABLE work_order (
            number text PRIMARY KEY, order_id uuid NOT NULL UNIQUE, version bigint NOT NULL, status text NOT NULL,
            priority int NOT NULL, due_at timestamptz);

        CREATE TABLE component_demand (
            order_number text NOT NULL, material text NOT NULL REFERENCES material,
            required numeric(18, 6) NOT NULL DEFAULT 0 CHECK (required >= 0),
            issued numeric(18, 6) NOT NULL DEFAULT 0,
            reserved numeric(18, 6) NOT NULL DEFAULT 0 CHECK (reserved >= 0),
            told_missing numeric(18, 6) NOT NULL DEFAULT 0,
            is_automatic boolean NOT NULL DEFAULT true,
            missing numeric(18, 6) GENERATED ALWAYS AS
                (CASE WHEN required > 0 THEN greatest(0, required - greatest(0, issued) - reserved) ELSE 0 END) STORED,
            surplus numeric(18, 6) GENERATED ALWAYS AS
                (CASE WHEN required > 0 THEN greatest(0, reserved - greatest(0, required - greatest(0, issued))) ELSE 0 END)
                STORED,
            PRIMARY KEY (order_number, material)) WITH (fillfactor = 80);
        CREATE INDEX component_demand_open ON component_demand (material)
            WHERE missing > 0 OR missing <> told_missing OR surplus > 0;

        CREATE TABLE reservation (
            id uuid PRIMARY KEY, order_number text NOT NULL, material text NOT NULL, lot text NOT NULL,
            location text NOT NULL REFERENCES location, quantity numeric(18, 6) NOT NULL CHECK (quantity >= 0),
            made_at timestamptz NOT NULL,
            UNIQUE (order_number, material, lot, location),
            FOREIGN KEY (material, lot, location) REFERENCES stock);
        CREATE INDEX reservation_lot ON reservation (material, lot);

        CREATE TABLE availability (order_number text PRIMARY KEY, version bigint NOT NULL DEFAULT 0);
        """;
}
