using System.Text.Json.Nodes;
using Mes.Equipment.Data;
using Npgsql;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Features.Production;

/// <summary>
/// The statements that each report runs must not care how long the history is. Pages are counted, not time: a count
/// does not depend on what else the machine does.
/// </summary>
public class GrowthTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    const int Reports = 100_000;
    const int PagesMax = 40;

    [Fact]
    public async Task What_a_report_reads_does_not_grow_with_the_history()
    {
        await FillHistory();
        foreach (var minute in new[] { 15, 10 * Reports / 2, 10 * (Reports - 1), 10 * (Reports + 10) })
        {
            var window = Minutes(minute, minute + 25);
            (await Pages(Timeline.Records("G1", window))).ShouldBeInRange(1, PagesMax, $"records at {minute}");
            (await Pages(Tiles.Around("G1", window))).ShouldBeInRange(1, PagesMax, $"tiles at {minute}");
            (await Pages(Tiles.LeadingTo("G1", window.Start))).ShouldBeInRange(1, PagesMax, $"status at {minute}");
            foreach (var statement in ShiftInputs.Statements("G1", Minutes(minute, minute + 60)))
                (await Pages(statement)).ShouldBeInRange(1, 2 * PagesMax, $"inputs at {minute}");
        }
    }

    /// <summary>Runs of eight minutes every ten.</summary>
    async Task FillHistory()
    {
        await using var fill = service.Database.CreateCommand($"""
            INSERT INTO production_report
            SELECT gen_random_uuid(), NULL, 'G1', 'Run', at, at + interval '8 minutes', at + interval '7 minutes', 1, 0, 0, 60,
                   'P', 'O', '10', 'w', false, at
            FROM (SELECT timestamptz '{Midnight:O}' + i * interval '10 minutes' AS at FROM generate_series(0, {Reports - 1}) i) t;
            INSERT INTO state_tile SELECT equipment, started_at, ended_at, 'Run', ARRAY[report_id] FROM production_report;
            INSERT INTO state_tile SELECT equipment, ended_at, ended_at + interval '2 minutes', 'NotReported', '{"{}"}'
            FROM production_report;
            ANALYZE;
            """);
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync();
    }

    async Task<int> Pages(NpgsqlBatchCommand statement)
    {
        await using var explain = service.Database.CreateCommand(
            $"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement.CommandText}");
        foreach (NpgsqlParameter parameter in statement.Parameters)
            explain.Parameters.Add(parameter.Clone());
        var plan = JsonNode.Parse((string)(await explain.ExecuteScalarAsync())!)![0]!["Plan"]!;
        return (int)plan["Shared Hit Blocks"]! + (int)plan["Shared Read Blocks"]!;
    }
}
