using System.Net;
using System.Text.Json;
using Mes.Contracts;
using Mes.Tests.Support;

namespace Mes.Scheduling.Tests.Features.Drafts;

/// <summary>Two planners change one plan at once, each in their own draft.</summary>
public sealed class TwoPlannersTests : DraftScene
{
    [Fact]
    public async Task The_second_of_two_planners_sees_the_change_of_the_first_and_keeps_their_own()
    {
        var (first, second) = (await Open(Ann), await Open(Bob));
        await Step(first, Move(A, 2, "spare", Later), Ann);
        var looked = await Step(second, Move(B, 2, "spare", Later.AddHours(3)), Bob);
        await Ask($"drafts/{first}/publish", new { }, Ann);

        var seen = await Show(second, Bob);

        (await Changes(PlanOf(seen), since: PlanOf(looked))).ShouldContainKey(A.Operations[2].OperationId);
        seen.GetProperty("lost").GetArrayLength().ShouldBe(0);
        seen.GetProperty("baseVersion").GetInt64().ShouldBe((await Host.InForce()).GetProperty("version").GetInt64());
        (await StartIn(PlanOf(seen), A, 2)).ShouldBe(Later);
        (await StartIn(PlanOf(seen), B, 2)).ShouldBe(Later.AddHours(3));
        await Ask($"drafts/{second}/publish", new { }, Bob);
        (await StartIn(await Host.InForce(), A, 2)).ShouldBe(Later);
        (await StartIn(await Host.InForce(), B, 2)).ShouldBe(Later.AddHours(3));
        (await Host.Overlaps()).ShouldBe(0);
    }

    [Fact]
    public async Task A_step_that_the_first_made_impossible_is_told_to_the_second_and_the_rest_can_be_published()
    {
        var (first, second) = (await Open(Ann), await Open(Bob));
        await Step(second, Move(A, 2, "spare", Later.AddHours(3)), Bob);
        await Step(second, Move(B, 2, "spare", Later.AddHours(6)), Bob);
        await Step(first, Move(A, 2, "spare", Later), Ann);
        await Ask($"drafts/{first}/publish", new { }, Ann);

        await Refused($"drafts/{second}/publish", new { }, Bob, HttpStatusCode.Conflict, "steps-lost");
        await Refused($"drafts/{second}/publish", new { planVersion = 1 }, Bob, HttpStatusCode.Conflict, "plan-moved-on");
        Number(await Show(second, Ann), "revision").ShouldBe(2, "a reader changes nothing of another's draft");
        foreach (var read in new[] { await Show(second, Bob), await Show(second, Bob) })
        {
            var lost = read.GetProperty("lost").EnumerateArray().Single();
            (lost.GetProperty("code").GetString(), lost.GetProperty("step").GetProperty("kind").GetString())
                .ShouldBe(("operation-locked", "Move"));
            lost.GetProperty("values").GetProperty("operation").GetGuid().ShouldBe(A.Operations[2].OperationId);
            Number(read, "revision").ShouldBe(1);
        }
        await Ask($"drafts/{second}/publish", new { }, Bob);
        (await StartIn(await Host.InForce(), A, 2)).ShouldBe(Later);
        (await StartIn(await Host.InForce(), B, 2)).ShouldBe(Later.AddHours(6));
    }
}
