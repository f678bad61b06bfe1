using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mes.Contracts;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Features.Andon;

/// <summary>Calls for help from the floor: who is called, who comes, how long it takes.</summary>
public sealed class AndonTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    async Task<JsonNode> Call(string unit, string kind = "Maintenance", Guid? id = null)
    {
        await service.DefineUnit(unit);
        return await service.Post("/andon-calls", new { kind, equipment = unit, order = "O-1", note = "belt slips" }, id);
    }

    [Fact]
    public async Task A_call_is_answered_once_dealt_with_and_timed()
    {
        var id = Guid.NewGuid();
        var call = await Call("A1", id: id);
        ((string)call["status"]!, (string)call["role"]!, (string)call["calledBy"]!).ShouldBe(("Called", "maintenance", "Tester"));
        (await service.Get("/andon-calls?status=Open&equipment=A1"))["items"]!.AsArray().Count.ShouldBe(1);
        await service.Post($"/andon-calls/{id}/acknowledge", new { });
        using (var again = await service.Send(HttpMethod.Post, $"/andon-calls/{id}/acknowledge", new { }))
        {
            again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            (await again.Content.ReadAsStringAsync()).ShouldContain("call-acknowledged");
        }
        var done = await service.Post($"/andon-calls/{id}/resolve", new { note = "new belt" });
        ((string)done["status"]!, (string)done["resolution"]!).ShouldBe(("Resolved", "new belt"));
        ((decimal)done["responseSeconds"]! + (decimal)done["repairSeconds"]!).ShouldBeGreaterThan(0);
        using (var closed = await service.Send(HttpMethod.Post, $"/andon-calls/{id}/resolve", new { }))
        {
            closed.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        }
        (await service.Get("/andon-calls?status=Open&equipment=A1"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_nobody_answers_calls_the_next_and_one_that_is_answered_does_not()
    {
        await service.Put("/andon-escalations/Quality", new
        {
            steps = new object[] { new { afterMinutes = 0, role = "quality" }, new { afterMinutes = 2, role = "foreman" } }
        });
        var (waits, answered) = (Guid.NewGuid(), Guid.NewGuid());
        await Call("A2", "Quality", waits);
        await Call("A2", "Quality", answered);
        await service.Post($"/andon-calls/{answered}/acknowledge", new { });
        await service.Execute("UPDATE andon_call SET called_at = called_at - interval '3 minutes' WHERE equipment = 'A2'");
        await Poll.Until(async () => (string)(await service.Get($"/andon-calls/{waits}"))["role"]! == "foreman",
            TimeSpan.FromMinutes(1), "the foreman is called");
        ((string)(await service.Get($"/andon-calls/{answered}"))["role"]!).ShouldBe("quality");
    }

    [Theory]
    [InlineData("other", Roles.Operator, HttpStatusCode.Forbidden)]
    [InlineData("other", Roles.Foreman, HttpStatusCode.OK)]
    [InlineData("tester", Roles.Operator, HttpStatusCode.OK)]
    public async Task A_call_is_taken_back_by_who_made_it_or_by_who_answers(string who, string role, HttpStatusCode expected)
    {
        var id = Guid.NewGuid();
        await Call("A3", "Safety", id);
        using var request = service.RequestOf(
            new Caller(who, who, ActorKind.Operator, null, Roles.PermissionsOf[role]), HttpMethod.Post,
            $"/andon-calls/{id}/withdraw");
        request.Content = JsonContent.Create(new { });
        using var answer = await service.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Steps_that_make_no_sense_are_refused()
    {
        await Refused("""{"steps":[{"afterMinutes":1,"role":"quality"}]}""",
            HttpStatusCode.UnprocessableEntity, "first-step-late");
        await Refused("""{"steps":[{"afterMinutes":0,"role":"quality"},{"afterMinutes":0,"role":"foreman"}]}""",
            HttpStatusCode.UnprocessableEntity, "steps-unordered");
        await Refused("""{"steps":[{"afterMinutes":0,"role":"nobody"}]}""", HttpStatusCode.BadRequest, "steps[0].role");
        await Refused("""{"steps":[]}""", HttpStatusCode.BadRequest, "steps");
        (await service.Get("/andon-escalations"))["items"]!.AsArray().Count.ShouldBe(5);

        async Task Refused(string body, HttpStatusCode status, string code)
        {
            using var answer = await service.Send(HttpMethod.Put, "/andon-escalations/Material", body);
            var text = await answer.Content.ReadAsStringAsync();
            (answer.StatusCode, text.Contains(code, StringComparison.OrdinalIgnoreCase)).ShouldBe((status, true), text);
        }
    }

    [Theory]
    [InlineData(0, "maintenance")]
    [InlineData(299, "maintenance")]
    [InlineData(300, "foreman")]
    [InlineData(86_400, "foreman")]
    public void Who_is_called_depends_on_how_long_nobody_came(int seconds, string role)
    {
        var call = new AndonCall
        {
            Id = Id(1), Kind = AndonKind.Maintenance, Equipment = "M", CalledBy = "T", CallerId = "t", CalledAt = At(0)
        }.By(AndonEscalation.Usual(AndonKind.Maintenance));
        call.Escalate(AndonEscalation.Usual(AndonKind.Maintenance), At(0).AddSeconds(seconds)).ShouldBe(role == "foreman");
        call.Role.ShouldBe(role);
    }

    [Fact]
    public void A_call_taken_back_is_closed_and_has_no_repair_time()
    {
        var call = new AndonCall
        {
            Id = Id(1), Kind = AndonKind.Safety, Equipment = "M", CalledBy = "T", CallerId = "t", CalledAt = At(0)
        }.By(AndonEscalation.Usual(AndonKind.Safety));
        call.Withdraw("T", At(1));
        (call.IsOpen, call.Status, call.RepairSeconds).ShouldBe((false, AndonStatus.Withdrawn, null));
        Should.Throw<RuleViolation>(() => call.Resolve("X", null, At(2))).Code.ShouldBe("call-closed");
        call.Escalate(AndonEscalation.Usual(AndonKind.Maintenance), At(60)).ShouldBeFalse();
    }
}
