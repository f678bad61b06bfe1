using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Mes.Scheduling.Data;

/// <summary>A planning run is a row from the moment it is asked for; the tables of the former job engine go.</summary>
[DbContext(typeof(SchedulingDb)), Migration("202611291501_RunsAsQueue")]
sealed class RunsAsQueue : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            ALTER TABLE planning_run ALTER started_at DROP NOT NULL, ADD asked_at timestamptz, ADD not_before timestamptz,
                ADD cancel_requested_at timestamptz, ADD job_id text, ADD owner uuid, ADD interruptions int NOT NULL DEFAULT 0;
            UPDATE planning_run SET asked_at = started_at, not_before = started_at;
            ALTER TABLE planning_run ALTER asked_at SET NOT NULL, ALTER not_before SET NOT NULL;
            UPDATE planning_run SET status = 'Failed', ended_at = now(), error = 'Its process ended while it ran.'
                WHERE status = 'Running';
            CREATE INDEX planning_run_open ON planning_run (status) WHERE status IN ('Waiting', 'Running');

            DROP TABLE IF EXISTS job_run, qrtz_simple_triggers, qrtz_cron_triggers, qrtz_simprop_triggers, qrtz_blob_triggers,
                qrtz_triggers, qrtz_job_details, qrtz_calendars, qrtz_paused_trigger_grps, qrtz_paused_job_grps,
                qrtz_fired_triggers, qrtz_scheduler_state, qrtz_locks, qrtz_execution_history, qrtz_misfire_history,
                qrtz_job_status;
            """);
        migrationBuilder.Sql(MesSchema.Grants());
    }
}
