using Dapper;
using Mes.Persistence;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Erp;

/// <summary>
/// Gives confirmations their position after the commit, in order, as the only writer: a reader's cursor never skips one that
/// commits late.
/// </summary>
sealed partial class ConfirmationSequencer(
    ServiceDatabase<WorkOrdersDb> database, TimeProvider clock, ILogger<ConfirmationSequencer> log) : BackgroundService
{
    const long LockKey = 7308894171;
    const int BatchRows = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SequenceBatch(stoppingToken) == BatchRows)
                {
                    // until all that is committed has its position
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Stopped(log, failure.Message);
            }
        }
    }

    async Task<int> SequenceBatch(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!await Turn.Try(connection, LockKey, ct))
        {
            return 0;
        }
        // SQL: up to a thousand rows are taken off one table and numbered into the other by one statement; each report by its
        // key, for a join that is planned while there are few walks all of them when they are many
        // Not audited: a report's place in the feed, which nobody decides and nothing changes
        var rows = await connection.ExecuteAsync(new CommandDefinition(
            """
            WITH taken AS (
                DELETE FROM erp_pending WHERE report_id IN (SELECT report_id FROM erp_pending LIMIT @batch) RETURNING report_id)
            INSERT INTO erp_feed (position, report_id)
            SELECT (SELECT coalesce(max(position), 0) FROM erp_feed) + row_number() OVER (ORDER BY reported_at, report_id),
                report_id
            FROM (SELECT report_id, (SELECT reported_at FROM report WHERE id = report_id) AS reported_at FROM taken) t
            """, new { batch = BatchRows }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return rows;
    }

    [LoggerMessage(3001, LogLevel.Error, "Confirmations for the ERP not sequenced, trying again: {Why}")]
    static partial void Stopped(ILogger log, string why);
}
