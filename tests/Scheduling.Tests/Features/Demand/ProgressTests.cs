using Mes.Contracts;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Mes.Scheduling.Features.Demand;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Scheduling.Tests.Features.Demand;

/// <summary>What reports say of the work, however they are divided into batches and in whatever order they come.</summary>
public sealed class ProgressTests : IAsyncLifetime
{
    static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    readonly WorkOrderChanged _order = Given.Released("progress") with
    {
        Quantity = 100,
        Operations = [.. Enumerable.Range(1, 2).Select(n => new PlannedOperation(
            Guid.CreateVersion7(), n * 10, $"op{n}", ["A", "B"], null, 0, 72, 100, false, false))]
    };

    SchedulingHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        await _host.Take(_order);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_same_reports_come_to_the_same_however_they_are_divided_and_ordered()
    {
        var messages = Reports().ToArray();
        string? expected = null;
        for (var seed = 0; seed < 25; seed++)
        {
            await _host.Service.Query<long>("WITH p AS (DELETE FROM progress), w AS (DELETE FROM work_report), "
                + "l AS (DELETE FROM equipment_last) SELECT 0::bigint");
            var random = new Random(seed);
            random.Shuffle(messages);
            for (var at = 0; at < messages.Length;)
            {
                var size = seed == 0 ? 1 : random.Next(1, messages.Length + 1);
                await Apply(messages[at..Math.Min(messages.Length, at + size)]);
                at += size;
            }
            var found = await _host.Service.Query<string>("""
                SELECT (SELECT json_agg(p ORDER BY operation_id) FROM progress p)::text
                    || (SELECT json_agg(l ORDER BY equipment) FROM equipment_last l)::text
                """);
            (expected ??= found).ShouldBe(found, $"seed {seed}");
        }
        expected!.ShouldContain("\"finished\":12.000000");        // 5 + 4 + 3; each once, and without what was undone
    }

    /// <summary>Ties, two machines, one that is undone, one that Quality corrects, and each of them twice.</summary>
    IEnumerable<ProductionReported> Reports()
    {
        var undone = At(7, "A", 0, hoursAgo: 1);
        var corrected = At(4, "B", 0, hoursAgo: 3);
        ProductionReported[] once =
        [
            At(5, "A", 0, hoursAgo: 2), corrected, At(2, "B", 0, hoursAgo: 2), At(2, "A", 1, hoursAgo: 2), undone,
            undone with { ReportId = Guid.NewGuid(), Reverses = undone.ReportId, Good = -7 },
            corrected with { ReportId = Guid.NewGuid(), Corrects = corrected.ReportId, Good = 1 }
        ];
        return once.Concat(once);

        ProductionReported At(decimal good, string equipment, int operation, double hoursAgo) => Given.Reported(
            _order, good, equipment, operation, Now.AddHours(-hoursAgo - 1), Now.AddHours(-hoursAgo));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Work_as_it_was_planned_leaves_no_plan_also_when_its_reports_come_together(bool together)
    {
        await _host.Plan();
        var line = await _host.Line(_order.Operations[0].OperationId);
        var (equipment, end) = (line.GetProperty("equipment").GetString()!, line.GetProperty("endsAt").GetDateTimeOffset());
        ProductionReported[] reports =
        [
            Given.Reported(_order, 50, equipment, 0, end.AddHours(-2), end.AddHours(-1)),
            Given.Reported(_order, 50, equipment, 0, end.AddHours(-1), end)
        ];
        foreach (var batch in together ? [reports] : reports.Chunk(1))
        {
            await Apply(batch);
        }
        (await _host.Service.Query<long>("SELECT count(*) FROM planning_event")).ShouldBe(0);
    }

    async Task Apply(ProductionReported[] batch)
    {
        await using var scope = _host.Service.Services.CreateAsyncScope();
        var consumer = scope.ServiceProvider.GetRequiredService<OnProductionReported>();
        await scope.ServiceProvider.GetRequiredService<SchedulingDb>().InTransaction(
            scope.ServiceProvider.GetRequiredService<OutboxSignal<SchedulingDb>>(), async () =>
            {
                await consumer.Consume(batch, CancellationToken.None);
                return 0;
            }, CancellationToken.None);
    }
}
