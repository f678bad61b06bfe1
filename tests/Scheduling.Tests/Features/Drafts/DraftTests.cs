using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Drafts;

/// <summary>A planner's draft from its first step until it is published, discarded or swept.</summary>
public sealed class DraftTests : DraftScene
{
    [Fact]
    public async Task Others_see_a_draft_once_it_is_published_and_its_pins_hold_from_then_on()
    {
        var draft = await Open(Ann);
        var answer = await Step(draft, Move(A, 2, "spare", Later), Ann);
        answer.GetProperty("difference").GetProperty("moved").EnumerateArray()
            .Select(row => row.GetProperty("operationId").GetGuid()).ShouldContain(A.Operations[2].OperationId);
        (await StartIn(PlanOf(answer), A, 2)).ShouldBe(Later);
        (await Host.Line(PlanOf(answer), A.Operations[2].OperationId)).GetProperty("isLocked").GetBoolean().ShouldBeTrue();
        (await StartIn(await Host.InForce(), A, 2)).ShouldNotBe(Later);
        (await Host.Line(A.Operations[2].OperationId)).GetProperty("isLocked").GetBoolean().ShouldBeFalse();
        await Step(draft, Unplan(B, 1), Ann);

        var published = await Ask($"drafts/{draft}/publish", new { }, Ann);

        published.GetProperty("plan").GetProperty("mode").GetString().ShouldBe("Draft");
        (await StartIn(await Host.InForce(), A, 2)).ShouldBe(Later);
        (await Host.Line(A.Operations[2].OperationId)).GetProperty("isLocked").GetBoolean().ShouldBeTrue();
        await RequireTakenOut();
        await Host.Plan();
        await RequireTakenOut();
        (await StartIn(await Host.InForce(), A, 2)).ShouldBe(Later);
        var closed = await Show(draft, Bob);
        (closed.GetProperty("status").GetString(), closed.GetProperty("plan").ValueKind)
            .ShouldBe(("Published", JsonValueKind.Null));
        await Refused($"drafts/{draft}/steps", new { step = Unplan(A, 0) }, Ann, HttpStatusCode.UnprocessableEntity,
            "draft-closed");
        await RequireEntry(draft);

        await Live(new { kind = "PlanAgain", operationIds = new[] { B.Operations[1].OperationId } });
        (await StartIn(await Host.InForce(), B, 2)).ShouldNotBeNull();
        (await Host.Overlaps()).ShouldBe(0);
    }

    async Task RequireTakenOut()
    {
        var plan = await Host.InForce();
        (await StartIn(plan, B, 0)).ShouldNotBeNull();
        (await StartIn(plan, B, 1) ?? await StartIn(plan, B, 2)).ShouldBeNull();
        var row = (await Host.Service.Get($"/api/scheduling/plans/{plan.GetProperty("id").GetGuid()}/unplanned"))
            .GetProperty("items").EnumerateArray().Single();
        (row.GetProperty("code").GetString(), row.GetProperty("operation").GetString()).ShouldBe(("taken-out", "op2"));
    }

    /// <summary>One entry tells of the publication, and names the steps.</summary>
    async Task RequireEntry(string draft)
    {
        var entry = JsonDocument.Parse(await Host.Service.Query<string>(
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
    public async Task What_a_draft_pins_and_lets_go_is_told_with_the_plan_and_what_the_plant_pins_is_not_the_draft_s()
    {
        var draft = await Open(Ann);
        var pinned = B.Operations[1].OperationId;
        var named = new[] { pinned };
        var before = await Host.InForce();
        var locked = PlanOf(await Step(draft, new { kind = "Lock", operationIds = named }, Ann));
        var line = (await Changes(locked, since: before))[pinned];
        (line.GetProperty("isLocked").GetBoolean(), line.GetProperty("isLockedByDraft").GetBoolean()).ShouldBe((true, true));
        var unlocked = PlanOf(await Step(draft, new { kind = "Unlock", operationIds = named }, Ann));
        (await Changes(unlocked, since: locked))[pinned].GetProperty("isLocked").GetBoolean().ShouldBeFalse();

        await Host.Service.Do("/api/scheduling/locks", new { operationIds = named });
        line = await Host.Line(pinned);
        (line.GetProperty("isLocked").GetBoolean(), line.GetProperty("isLockedByDraft").GetBoolean()).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_publication_without_lost_steps_and_one_of_nothing()
    {
        var draft = await Open(Bob);
        await Refused($"drafts/{draft}/publish", new { }, Bob, HttpStatusCode.UnprocessableEntity, "draft-unchanged");
        await Step(draft, Move(A, 2, "spare", Later.AddHours(3)), Bob);
        await Step(draft, Move(B, 2, "spare", Later.AddHours(6)), Bob);
        await Live(Move(A, 2, "spare", Later));
        await Ask($"drafts/{draft}/publish", new { withoutLost = true }, Bob);
        (await StartIn(await Host.InForce(), A, 2)).ShouldBe(Later);
        (await StartIn(await Host.InForce(), B, 2)).ShouldBe(Later.AddHours(6));
    }

    [Fact]
    public async Task Steps_are_undone_and_redone_also_over_a_newer_plan()
    {
        var draft = await Open(Ann);
        await Refused($"drafts/{draft}/undo", null, Ann, HttpStatusCode.UnprocessableEntity, "no-step-to-undo");
        await Step(draft, Move(A, 2, "spare", Later), Ann);
        await Step(draft, Move(A, 2, "spare", Later.AddHours(1)), Ann);
        var undone = await Ask($"drafts/{draft}/undo", null, Ann);
        (Number(undone, "revision"), Number(undone, "undone")).ShouldBe((1, 1));
        (await StartIn(PlanOf(undone), A, 2)).ShouldBe(Later);
        (await StartIn(PlanOf(await Ask($"drafts/{draft}/redo", null, Ann)), A, 2)).ShouldBe(Later.AddHours(1));
        await Ask($"drafts/{draft}/undo", null, Ann);

        await Live(Move(B, 2, "spare", Later.AddHours(5)));

        var redone = await Ask($"drafts/{draft}/redo", null, Ann);
        (Number(redone, "revision"), Number(redone, "undone")).ShouldBe((2, 0));
        (await StartIn(PlanOf(redone), A, 2)).ShouldBe(Later.AddHours(1));
        (await StartIn(PlanOf(redone), B, 2)).ShouldBe(Later.AddHours(5));
        (await StartIn(PlanOf(await Ask($"drafts/{draft}/undo", null, Ann)), A, 2)).ShouldBe(Later);
        var none = await Ask($"drafts/{draft}/undo", null, Ann);
        (Number(none, "revision"), Number(none, "undone")).ShouldBe((0, 2));
        PlanOf(none).GetProperty("version").GetInt64().ShouldBe((await Host.InForce()).GetProperty("version").GetInt64());
        await Step(draft, Unplan(A, 2), Ann);
        await Refused($"drafts/{draft}/redo", null, Ann, HttpStatusCode.UnprocessableEntity, "no-step-to-redo");
    }

    [Fact]
    public async Task Only_the_owner_changes_a_draft_from_the_revision_they_saw()
    {
        var draft = await Open(Ann);
        foreach (var (verb, body) in new (string, object?)[]
        {
            ("steps", new { step = Unplan(A, 0) }), ("undo", null), ("redo", null), ("publish", new { }), ("discard", null)
        })
        {
            await Refused($"drafts/{draft}/{verb}", body, Bob, HttpStatusCode.Forbidden, "not-your-draft");
        }
        await Refused($"drafts/{draft}/steps", new { step = Unplan(A, 0), revision = 3 }, Ann, HttpStatusCode.Conflict,
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
        await Step(old, Unplan(A, 2), Ann);
        await Host.Service.Query<long>(
            $"""
            WITH aged AS (UPDATE plan_draft SET changed_at = now() - interval '31 days' WHERE id = '{old}' RETURNING 1)
            SELECT count(*) FROM aged
            """);
        await Live(Move(A, 2, "spare", Later));
        await Ask($"drafts/{old}", null, Ann, HttpMethod.Get, HttpStatusCode.NotFound);
        Number(await Show(other, Ann), "revision").ShouldBe(0);
    }
}
