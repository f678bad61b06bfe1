using Dapper;
using Mes.Faults.Tests.Audit;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Shouldly;
using Xunit;

namespace Mes.Faults.Tests;

/// <summary>
/// The auditor's own test: defects such as a faulty service would have are put into the databases, and each must be found,
/// under the invariant that it breaks. An auditor that finds nothing proves nothing. They share an installation: what makes each
/// is taken out again, and each is found in what its own plant has made or in what no other one breaks.
/// </summary>
public sealed class SeededDefectTests(StandaloneInstallation installation, ITestOutputHelper output)
    : IClassFixture<StandaloneInstallation>
{
    const int Commands = 300;

    [Fact]
    public async Task An_inbox_that_forgets_is_found()
    {
        // Consumers that are careful by business key as well are made careless: with one guard left the defect has no effect.
        var findings = await AuditWith("equipment",
            """
            CREATE FUNCTION test_defect() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN NEW.message_id := gen_random_uuid(); RETURN NEW; END $$;
            CREATE TRIGGER test_defect BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION test_defect();
            ALTER TABLE production_report DROP CONSTRAINT production_report_pkey;
            """,
            mended: "DROP FUNCTION test_defect CASCADE", withRepeats: true);
        Found(findings, "I2", "in Equipment");
    }

    [Fact]
    public async Task A_message_acknowledged_before_its_effects_are_kept_is_found()
    {
        var findings = await AuditWith("equipment",
            """
            CREATE FUNCTION test_defect() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RETURN CASE WHEN get_byte(uuid_send(NEW.report_id), 15) % 20 = 0 THEN NULL ELSE NEW END; END $$;
            CREATE TRIGGER test_defect BEFORE INSERT ON production_report FOR EACH ROW EXECUTE FUNCTION test_defect();
            """,
            mended: "DROP FUNCTION test_defect CASCADE");
        Found(findings, "I2", "in Equipment");
    }

    [Fact]
    public async Task A_ledger_leg_that_is_not_written_is_found()
    {
        var findings = await AuditWith("inventory",
            """
            ALTER TABLE ledger_entry DISABLE TRIGGER movement_balanced;
            CREATE FUNCTION test_defect() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN DELETE FROM ledger_entry WHERE movement_id = NEW.movement_id AND line = NEW.line; RETURN NULL; END $$;
            CREATE TRIGGER test_defect AFTER INSERT ON ledger_entry FOR EACH ROW
                WHEN (NEW.line = 2 AND get_byte(uuid_send(NEW.movement_id), 15) % 20 = 0) EXECUTE FUNCTION test_defect();
            """,
            mended: "DROP FUNCTION test_defect CASCADE; ALTER TABLE ledger_entry ENABLE TRIGGER movement_balanced");
        Found(findings, "I3", "ledger");
    }

    [Fact]
    public async Task Time_of_work_that_is_reported_twice_is_found()
    {
        var findings = await AuditWith("workorders",
            """
            CREATE FUNCTION test_defect() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN NEW.reported_until := NEW.reported_until - interval '6 seconds'; RETURN NEW; END $$;
            CREATE TRIGGER test_defect BEFORE UPDATE ON work FOR EACH ROW EXECUTE FUNCTION test_defect();
            """,
            mended: "DROP FUNCTION test_defect CASCADE");
        Found(findings, "I1", "labour run");
    }

    [Fact]
    public async Task A_lost_row_of_the_outbox_is_found()
    {
        var findings = await AuditWith("workorders",
            """
            CREATE FUNCTION test_defect() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN DELETE FROM outbox WHERE id = NEW.id; RETURN NULL; END $$;
            CREATE TRIGGER test_defect AFTER INSERT ON outbox FOR EACH ROW
                WHEN (get_byte(uuid_send(NEW.message_id), 15) % 20 = 0) EXECUTE FUNCTION test_defect();
            """,
            mended: "DROP FUNCTION test_defect CASCADE");
        Found(findings, "I2", "in Equipment");
    }

    [Fact]
    public async Task Lost_confirmations_forgotten_commands_and_unchained_audit_entries_are_found()
    {
        var findings = await AuditWith("workorders",
            """
            CREATE FUNCTION test_lose() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN EXECUTE format('DELETE FROM %I WHERE ctid = $1', TG_TABLE_NAME) USING NEW.ctid; RETURN NULL; END $$;
            CREATE TRIGGER test_lose AFTER INSERT ON erp_pending FOR EACH ROW
                WHEN (get_byte(uuid_send(NEW.report_id), 15) % 20 = 0) EXECUTE FUNCTION test_lose();
            CREATE TRIGGER test_lose AFTER INSERT ON command_log FOR EACH ROW
                WHEN (get_byte(uuid_send(NEW.command_id), 15) % 2 = 0) EXECUTE FUNCTION test_lose();
            ALTER FUNCTION test_lose SECURITY DEFINER;
            CREATE TRIGGER test_lose AFTER INSERT ON audit_unchained FOR EACH ROW
                WHEN (get_byte(uuid_send(NEW.audit_id), 15) % 20 = 0) EXECUTE FUNCTION test_lose();
            """,
            mended: """
            DROP FUNCTION test_lose CASCADE;
            INSERT INTO audit_unchained (audit_id) SELECT id FROM audit a
            WHERE NOT EXISTS (SELECT FROM audit_chain c WHERE c.audit_id = a.id)
                AND NOT EXISTS (SELECT FROM audit_unchained u WHERE u.audit_id = a.id);
            """);
        Found(findings, "I5", "confirmations");
        Found(findings, "I11", "contradict");
        Found(findings, "I8", "outside the chain");
    }

    /// <summary>Load on a plant of its own while one database has the defect, and the audit under it.</summary>
    async Task<IReadOnlyList<Finding>> AuditWith(string service, string defect, string mended, bool withRepeats = false)
    {
        var edition = installation.Edition;
        var scenario = await Scenario.Begin(edition, "S", seed: 7, output);
        await using var database = await edition.Open(service);
        await database.ExecuteAsync(defect);
        try
        {
            var duplicator = new Duplicator(edition, seed: 7);
            if (withRepeats)
            {
                await duplicator.Begin();
            }
            await scenario.LoadFor(Commands);
            if (withRepeats)
            {
                await duplicator.End();
            }
            var findings = await scenario.Audit();
            output.WriteLine(string.Join('\n', findings));
            return findings;
        }
        finally
        {
            await database.ExecuteAsync(mended);
        }
    }

    static void Found(IReadOnlyList<Finding> findings, string invariant, string what) => findings
        .ShouldContain(found => found.Invariant == invariant && found.What.Contains(what, StringComparison.Ordinal)
            && found.Expected != Findings.AnAnswer);
}
