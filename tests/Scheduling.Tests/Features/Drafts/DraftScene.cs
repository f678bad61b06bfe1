using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;

namespace Mes.Scheduling.Tests.Features.Drafts;

/// <summary>Two orders planned, and planners who work in drafts over HTTP.</summary>
public abstract class DraftScene : IAsyncLifetime
{
    private protected static readonly DateTimeOffset Due = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private protected static readonly Caller Ann = Planner("P1", "Ann");
    private protected static readonly Caller Bob = Planner("P2", "Bob");
    private protected static readonly Caller Cora = Planner("P3", "Cora");
    private protected SchedulingHost Host { get; private set; } = null!;
    private protected WorkOrderChanged A { get; private set; } = null!;
    private protected WorkOrderChanged B { get; private set; } = null!;
    private protected DateTimeOffset Later { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Host = await SchedulingHost.Start();
        (A, B) = (Given.Released("a", dueAt: Due), Given.Released("b", dueAt: Due));
        await Host.Take([A, B]);
        await Host.Plan();
        Later = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeSeconds());
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private protected static Caller Planner(string code, string name) =>
        new(code, name, ActorKind.User, null, Permissions.All.ToFrozenSet()) { Operator = code };

    private protected static object Move(
        WorkOrderChanged order, int operation, string equipment, DateTimeOffset startsAt) =>
        new { kind = "Move", operations = new[] { new { order.Operations[operation].OperationId, equipment, startsAt } } };

    private protected static object Unplan(WorkOrderChanged order, int operation) =>
        new { kind = "Unplan", operationIds = new[] { order.Operations[operation].OperationId } };

    private protected async Task<JsonElement> Ask(string path, object? body, Caller caller, HttpMethod? method = null,
        HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await Host.Service.Send($"/api/scheduling/{path}", body, method: method, caller: caller);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private protected async Task<JsonElement> Refused(
        string path, object? body, Caller caller, HttpStatusCode status, string code)
    {
        var problem = await Ask(path, body, caller, status: status);
        problem.GetProperty("code").GetString().ShouldBe(code);
        return problem;
    }

    private protected async Task<string> Open(Caller caller)
    {
        var draft = await Ask("drafts", null, caller, status: HttpStatusCode.Created);
        (draft.GetProperty("owner").GetString(), draft.GetProperty("revision").GetInt32()).ShouldBe((caller.SubjectId, 0));
        return draft.GetProperty("id").GetString()!;
    }

    private protected Task<JsonElement> Show(string draft, Caller caller) => Ask($"drafts/{draft}", null, caller, HttpMethod.Get);

    private protected Task<JsonElement> Step(string draft, object step, Caller caller) =>
        Ask($"drafts/{draft}/steps", new { step }, caller);

    /// <summary>Another planner publishes a step.</summary>
    private protected async Task Live(object step)
    {
        var draft = await Open(Cora);
        await Step(draft, step, Cora);
        await Ask($"drafts/{draft}/publish", new { }, Cora);
    }

    /// <summary>Start of an operation in a plan, or null.</summary>
    private protected async Task<DateTimeOffset?> StartIn(JsonElement plan, WorkOrderChanged order, int operation) =>
        (await Host.Lines(plan, $"&operationId={order.Operations[operation].OperationId}"))
            .Select(line => (DateTimeOffset?)line.GetProperty("startsAt").GetDateTimeOffset()).SingleOrDefault();

    /// <summary>What a plan has otherwise than another, by operation.</summary>
    private protected async Task<Dictionary<Guid, JsonElement>> Changes(JsonElement plan, JsonElement since) =>
        (await Host.Service.Get($"/api/scheduling/plans/{plan.GetProperty("id").GetGuid()}/changes?size=1000"
            + $"&since={since.GetProperty("id").GetGuid()}")).GetProperty("items").EnumerateArray()
            .ToDictionary(change => change.GetProperty("operationId").GetGuid(), change => change.GetProperty("line"));

    private protected static JsonElement PlanOf(JsonElement answer) =>
        (answer.TryGetProperty("draft", out var draft) ? draft : answer).GetProperty("plan");

    private protected static int Number(JsonElement answer, string name) =>
        (answer.TryGetProperty("draft", out var draft) ? draft : answer).GetProperty(name).GetInt32();
}
