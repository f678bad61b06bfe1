using System.Net;
using Mes.Contracts;
using Mes.Scheduling.Domain;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features;

/// <summary>More callers at once than there are connections: each one waits for its turn, and none for a connection
/// that another one who waits has.</summary>
public sealed class ManyAtOnceTests : IAsyncLifetime
{
    // a pool has 20 connections; of those who stand behind it each gets one in time, however slow the machine
    const int Callers = 24;
    SchedulingHost _host = null!;
    WorkOrderChanged _order = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        _order = Given.Released("1", dueAt: new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await _host.Take(_order);
        await _host.Plan();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    async Task<HttpStatusCode[]> Send(string path, object body) => await Task.WhenAll(
        Enumerable.Range(0, Callers).Select(async _ =>
        {
            using var answer = await _host.Service.Send($"/api/scheduling/{path}", body);
            return answer.StatusCode;
        }));

    [Fact]
    public async Task Promises()
    {
        var operations = new[]
        {
            new
            {
                code = "10", equipment = new[] { "spare" }, setupFamily = (string?)null, setupSeconds = 0, runSecondsPerUnit = 60
            }
        };
        (await Send("promises", new { quantity = 1, operations })).ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Drags()
    {
        var operation = _order.Operations[2].OperationId;
        var startsAt = (await _host.Line(operation)).GetProperty("startsAt").GetDateTimeOffset().AddHours(6);
        var answers = await Send("moves", new { operationId = operation, equipment = "spare", startsAt, @lock = false });
        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
        (await _host.Overlaps()).ShouldBe(0);
    }

    [Fact]
    public async Task Planning_runs() =>
        (await Send("plans", new { mode = "Incremental" })).ShouldAllBe(status => status == HttpStatusCode.OK);
}
