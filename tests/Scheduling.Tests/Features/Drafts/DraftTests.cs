using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;

namespace Mes.Scheduling.Tests.Features.Drafts;

/// <summary>Planners work in drafts over HTTP, two at once too.</summary>
public sealed class DraftTests : IAsyncLifetime
{
    static readonly DateTimeOffset Due = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly Caller Ann = Planner("P1", "Ann");
    static readonly Caller Bob = Planner("P2", "Bob");
    SchedulingHost _host = null!;
    WorkOrderChanged _a = null!, _b = null!;
    DateTimeOffset _later;

    public async ValueTask InitializeAsync()
    {
        _host = await SchedulingHost.Start();
        (_a, _b) = (Given.Released("a", dueAt: Due), Given.Released("b", dueAt: Due));
        await _host.Take([_a, _b]);
        await _host.Plan();
        _later = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeSeconds());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    static Caller Planner(string code, string name) =>
        new(code, name, ActorKind.User, null, Permissions.All.ToFrozenSet()) { Operator = code };

    static object Move(WorkOrderChanged order, int operation, string equipment, DateTimeOffset startsAt) => new
    {
        kind = "Move",
        operations = new[] { new { operationId = order.Operations[operation].OperationId, equipment, startsAt } }
    };

    static object Unplan(WorkOrderChanged order, int operation) =>
        new { kind = "Unplan", operationIds = new[] { order.Operations[operation].OperationId } };

    async Task<JsonElement> Ask(string path, object? body, Caller caller, HttpMethod? method = null,
        HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await _host.Service.Send($"/api/scheduling/{path}", body, method: method, caller: caller);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    async Task<JsonElement> Refused(string path, object? body, Caller caller, HttpStatusCode status, string code)
    {
        var problem = await Ask(path, body, caller, status: status);
        problem.GetProperty("code").GetString().ShouldBe(code);
        return problem;
    }

    async Task<string> Open(Caller caller)
    {
        var draft = await Ask("drafts", null, caller, status: HttpStatusCode.Created);
        (draft.GetProperty("owner").GetString(), draft.GetProperty("revision").GetInt32()).ShouldBe((caller.SubjectId, 0));
        return draft.GetProperty("id").GetString()!;
    }

    Task<JsonElement> Show(string draft, Caller caller) => Ask($"drafts/{draft}", null, caller, HttpMethod.Get);

    Task<JsonElement> Step(string draft, object step, Caller caller) => Ask($"drafts/{draft}/steps", new { step }, caller);

    Task<JsonElement> Live(object step) => Ask("steps", new { step }, Ann);

    /// <summary>Start of an operation in a plan, or null.</summary>
    async Task<DateTimeOffset?> StartIn(JsonElement plan, WorkOrderChanged order, int operation) =>
        (await _host.Lines(plan, $"&operationId={order.Operations[operation].OperationId}"))
            .Select(line => (DateTimeOffset?)line.GetProperty("startsAt").GetDateTimeOffset()).SingleOrDefault();

    static JsonElement PlanOf(JsonElement answer) =>
        (answer.TryGetProperty("draft", out var draft) ? draft : answer).GetProperty("plan");

    static int Number(JsonElement answer, string name) =>
        (answer.TryGetProperty("draft", out var draft) ? draft : answer).GetProperty(name).GetInt32();

    [Fact]
    public async Task Others_see_a_draft_once_it_is_published_and_its_pins_hold_from_then_on()
    {
        var draft = await Open(Ann);
        var answer = await Step(draft, Move(_a, 2, "spare", _later), Ann);
        answer.GetProperty("difference").GetProperty("moved").EnumerateArray()
            .Select(row => row.GetProperty("operationId").GetGuid()).ShouldContain(_a.Operations[2].OperationId);
        (await StartIn(PlanOf(answer), _a, 2)).ShouldBe(_later);
        (await _host.Line(PlanOf(answer), _a.Operations[2].OperationId)).GetProperty("isLocked").GetBoolean().ShouldBeTrue();
        (await StartIn(await _host.InForce(), _a, 2)).ShouldNotBe(_later);
        (await _host.Line(_a.Operations[2].OperationId)).GetProperty("isLocked").GetBoolean().ShouldBeFalse();
        await Step(draft, Unplan(_b, 1), Ann);

        var published = await Ask($"drafts/{draft}/publish", new { }, Ann);

        published.GetProperty("plan").GetProperty("mode").GetString().ShouldBe("Draft");
        (await StartIn(await _host.InForce(), _a, 2)).ShouldBe(_later);
        (await _host.Line(_a.Operations[2].OperationId)).GetProperty("isLocked").GetBoolean().ShouldBeTrue();
        await RequireTakenOut();
        await _host.Plan();
        await RequireTakenOut();
        (await StartIn(await _host.InForce(), _a, 2)).ShouldBe(_later);
        var closed = await Show(draft, Bob);
        (closed.GetProperty("status").GetString(), closed.GetProperty("plan").ValueKind)
            .ShouldBe(("Published", JsonValueKind.Null));
        await Refused($"drafts/{draft}/steps", new { step = Unplan(_a, 0) }, Ann, HttpStatusCode.UnprocessableEntity,
            "draft-closed");
        await RequireEntry(draft);

        await Live(new { kind = "PlanAgain", operationIds = new[] { _b.Operations[1].OperationId } });
        (await StartIn(await _host.InForce(), _b, 2)).ShouldNotBeNull();
        (await _host.Overlaps()).ShouldBe(0);
    }

    async Task RequireTakenOut()
    {
        var plan = await _host.InForce();
        (await StartIn(plan, _b, 0)).ShouldNotBeNull();
        (await StartIn(plan, _b, 1) ?? await StartIn(plan, _b, 2)).ShouldBeNull();
        var row = (await _host.Service.Get($"/api/scheduling/plans/{plan.GetProperty("id").GetGuid()}/unplanned"))
            .GetProperty("items").EnumerateArray().Single();
        (row.GetProperty("code").GetString(), row.GetProperty("operation").GetString()).ShouldBe(("taken-out", "op2"));
    }

    /// <summary>One entry tells of the publication, and names the steps.</summary>
    async Task RequireEntry(string draft)
    {
        var entry = JsonDocument.Parse(await _host.Service.Query<string>(
            $"""
            SELECT string_agg(changes::text, '') FROM audit
            WHERE actor_id = 'P1' AND action LIKE '%/publish' AND changes::text LIKE '%{draft}%'
            """)).RootElement;
        entry.EnumerateArray().Where(change => change.GetProperty("table").GetString() == "plan_draft")
            .Select(change => change.GetProperty("new")).Where(row => row.TryGetProperty("Steps", out _))
            .SelectMany(row => row.GetProperty("Steps").EnumerateArray()).Where(step => step.ValueKind == JsonValueKind.Object)
            .Select(step => step.GetProperty("Kind").GetString()).ShouldBe(["Move", "Unplan"]);
        entry.EnumerateArray().Select(change => change.GetProperty("table").GetString())
            .ShouldContain("taken_out_operation");
    }

    [Fact]
    public async Task The_second_of_two_planners_sees_the_change_of_the_first_and_keeps_their_own()
    {
        var (first, second) = (await Open(Ann), await Open(Bob));
        await Step(first, Move(_a, 2, "spare", _later), Ann);
        await Step(second, Move(_b, 2, "spare", _later.AddHours(3)), Bob);
        await Ask($"drafts/{first}/publish", new { }, Ann);

        var seen = await Show(second, Bob);

        seen.GetProperty("lost").GetArrayLength().ShouldBe(0);
        seen.GetProperty("baseVersion").GetInt64().ShouldBe((await _host.InForce()).GetProperty("version").GetInt64());
        (await StartIn(PlanOf(seen), _a, 2)).ShouldBe(_later);
        (await StartIn(PlanOf(seen), _b, 2)).ShouldBe(_later.AddHours(3));
        await Ask($"drafts/{second}/publish", new { }, Bob);
        (await StartIn(await _host.InForce(), _a, 2)).ShouldBe(_later);
        (await StartIn(await _host.InForce(), _b, 2)).ShouldBe(_later.AddHours(3));
        (await _host.Overlaps()).ShouldBe(0);
    }

    [Fact]
    public async Task A_step_that_the_first_made_impossible_is_told_to_the_second_and_the_rest_can_be_published()
    {
        var (first, second) = (await Open(Ann), await Open(Bob));
        await Step(second, Move(_a, 2, "spare", _later.AddHours(3)), Bob);
        await Step(second, Move(_b, 2, "spare", _later.AddHours(6)), Bob);
        await Step(first, Move(_a, 2, "spare", _later), Ann);
        await Ask($"drafts/{first}/publish", new { }, Ann);

        await Refused($"drafts/{second}/publish", new { }, Bob, HttpStatusCode.Conflict, "steps-lost");
        await Refused($"drafts/{second}/publish", new { planVersion = 1 }, Bob, HttpStatusCode.Conflict, "plan-moved-on");
        Number(await Show(second, Ann), "revision").ShouldBe(2, "a reader changes nothing of another's draft");
        foreach (var read in new[] { await Show(second, Bob), await Show(second, Bob) })
        {
            var lost = read.GetProperty("lost").EnumerateArray().Single();
            (lost.GetProperty("code").GetString(), lost.GetProperty("step").GetProperty("kind").GetString())
                .ShouldBe(("operation-locked", "Move"));
            lost.GetProperty("values").GetProperty("operation").GetGuid().ShouldBe(_a.Operations[2].OperationId);
            Number(read, "revision").ShouldBe(1);
        }
        await Ask($"drafts/{second}/publish", new { }, Bob);
        (await StartIn(await _host.InForce(), _a, 2)).ShouldBe(_later);
        (await StartIn(await _host.InForce(), _b, 2)).ShouldBe(_later.AddHours(6));
    }

    [Fact]
    public async Task A_publication_without_lost_steps_and_one_of_nothing()
    {
        var draft = await Open(Bob);
        await Refused($"drafts/{draft}/publish", new { }, Bob, HttpStatusCode.UnprocessableEntity, "draft-unchanged");
        await Step(draft, Move(_a, 2, "spare", _later.AddHours(3)), Bob);
        await Step(draft, Move(_b, 2, "spare", _later.AddHours(6)), Bob);
        await Live(Move(_a, 2, "spare", _later));
        await Ask($"drafts/{draft}/publish", new { withoutLost = true }, Bob);
        (await StartIn(await _host.InForce(), _a, 2)).ShouldBe(_later);
        (await StartIn(await _host.InForce(), _b, 2)).ShouldBe(_later.AddHours(6));
    }

    [Fact]
    public async Task Steps_are_undone_and_redone_also_over_a_newer_plan()
    {
        var draft = await Open(Ann);
        await Refused($"drafts/{draft}/undo", null, Ann, HttpStatusCode.UnprocessableEntity, "no-step-to-undo");
        await Step(draft, Move(_a, 2, "spare", _later), Ann);
        await Step(draft, Move(_a, 2, "spare", _later.AddHours(1)), Ann);
        var undone = await Ask($"drafts/{draft}/undo", null, Ann);
        (Number(undone, "revision"), Number(undone, "undone")).ShouldBe((1, 1));
        (await StartIn(PlanOf(undone), _a, 2)).ShouldBe(_later);
        (await StartIn(PlanOf(await Ask($"drafts/{draft}/redo", null, Ann)), _a, 2)).ShouldBe(_later.AddHours(1));
        await Ask($"drafts/{draft}/undo", null, Ann);

        await Live(Move(_b, 2, "spare", _later.AddHours(5)));

        var redone = await Ask($"drafts/{draft}/redo", null, Ann);
        (Number(redone, "revision"), Number(redone, "undone")).ShouldBe((2, 0));
        (await StartIn(PlanOf(redone), _a, 2)).ShouldBe(_later.AddHours(1));
        (await StartIn(PlanOf(redone), _b, 2)).ShouldBe(_later.AddHours(5));
        (await StartIn(PlanOf(await Ask($"drafts/{draft}/undo", null, Ann)), _a, 2)).ShouldBe(_later);
        var none = await Ask($"drafts/{draft}/undo", null, Ann);
        (Number(none, "revision"), Number(none, "undone")).ShouldBe((0, 2));
        PlanOf(none).GetProperty("version").GetInt64().ShouldBe((await _host.InForce()).GetProperty("version").GetInt64());
        await Step(draft, Unplan(_a, 2), Ann);
        await Refused($"drafts/{draft}/redo", null, Ann, HttpStatusCode.UnprocessableEntity, "no-step-to-redo");
    }

    [Fact]
    public async Task Only_the_owner_changes_a_draft_from_the_revision_they_saw()
    {
        var draft = await Open(Ann);
        foreach (var (verb, body) in new (string, object?)[]
        {
            ("steps", new { step = Unplan(_a, 0) }), ("undo", null), ("redo", null), ("publish", new { }), ("discard", null)
        })
        {
            await Refused($"drafts/{draft}/{verb}", body, Bob, HttpStatusCode.Forbidden, "not-your-draft");
        }
        await Refused($"drafts/{draft}/steps", new { step = Unplan(_a, 0), revision = 3 }, Ann, HttpStatusCode.Conflict,
            "draft-moved-on");
        await Refused($"drafts/{draft}/steps", new { step = new { kind = "Swap", operationIds = Array.Empty<Guid>() } }, Ann,
            HttpStatusCode.BadRequest, "invalid-value");
        await Refused($"drafts/{Guid.NewGuid()}/undo", null, Ann, HttpStatusCode.NotFound, "draft-not-found");
        await Ask($"drafts/{draft}/discard", null, Ann, status: HttpStatusCode.NoContent);
        await Refused($"drafts/{draft}/undo", null, Ann, HttpStatusCode.UnprocessableEntity, "draft-closed");
    }

    [Fact]
    public async Task Drafts_are_listed_by_owner_and_status_in_pages_and_an_owner_has_so_many_open()
    {
        var drafts = new List<string>();
        for (var i = 0; i < 20; i++) drafts.Add(await Open(Ann));
        await Refused("drafts", null, Ann, HttpStatusCode.UnprocessableEntity, "too-many-drafts");
        await Open(Bob);
        await Ask($"drafts/{drafts[0]}/discard", null, Ann, status: HttpStatusCode.NoContent);
        drafts.Add(await Open(Ann));

        var (open, next) = (new List<string>(), "");
        do
        {
            var page = await Ask($"drafts?owner=P1&status=Open&size=8{next}", null, Bob, HttpMethod.Get);
            open.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            next = page.GetProperty("next").GetString() is { } after ? $"&after={after}" : "";
        }
        while (next != "");

        open.ShouldBe(drafts.Skip(1), ignoreOrder: true);
        (await Ask("drafts?status=Discarded", null, Bob, HttpMethod.Get)).GetProperty("items").EnumerateArray().Single()
            .GetProperty("id").GetString().ShouldBe(drafts[0]);
    }

    [Fact]
    public async Task What_nobody_touched_for_long_is_swept_with_the_next_plan()
    {
        var (old, other) = (await Open(Ann), await Open(Ann));
        await Step(old, Unplan(_a, 2), Ann);
        await _host.Service.Query<long>(
            $"""
            WITH aged AS (UPDATE plan_draft SET changed_at = now() - interval '31 days' WHERE id = '{old}' RETURNING 1)
            SELECT count(*) FROM aged
            """);
        await Live(Move(_a, 2, "spare", _later));
        await Ask($"drafts/{old}", null, Ann, HttpMethod.Get, HttpStatusCode.NotFound);
        Number(await Show(other, Ann), "revision").ShouldBe(0);
    }
}
