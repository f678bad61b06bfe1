using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mes.Equipment.Features.MasterData;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Features.Downtimes;

/// <summary>In whose name and at which terminal stops are entered.</summary>
public class StopOwnershipTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    static readonly Caller Operator = new("7", "Wang", ActorKind.User, null, Roles.PermissionsOf[Roles.Operator])
    {
        Operator = "w1",
    };

    static readonly Caller Foreman = Operator with { Operator = "f1", Permissions = Roles.PermissionsOf[Roles.Foreman] };

    [Fact]
    public async Task An_operator_enters_and_withdraws_stops_under_their_own_name_and_a_foreman_for_others()
    {
        await service.DefineUnit("O1");
        (await Stop(Operator, "O1", "w1")).Code.ShouldBe("");
        (await Stop(Operator, "O1", null)).Code.ShouldBe("");
        (await Stop(Operator, "O1", "w2")).ShouldBe((403, "acts-for-another", null));
        var (status, _, id) = await Stop(Foreman, "O1", "w2");
        status.ShouldBe(201);
        (await service.Count("SELECT count(*) FROM audit WHERE action LIKE '% for operator w2'")).ShouldBe(1);

        (await Send(Operator, $"/downtimes/{id}/withdraw", new { reason = "mine?" })).Code.ShouldBe("acts-for-another");
        (await Send(Foreman, $"/downtimes/{id}/withdraw", new { reason = "wrong date" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_terminal_that_is_bound_takes_stops_of_its_own_equipment_only()
    {
        await service.DefineUnit("O2");
        await service.DefineUnit("O3");
        var here = Operator with { Equipment = ["O2"] };
        var (status, _, id) = await Stop(here, "O2", null, ended: false);
        status.ShouldBe(201);
        (await Stop(here, "O3", null)).ShouldBe((403, "not-at-this-terminal", null));
        var elsewhere = Operator with { Equipment = ["O3"] };
        foreach (var (verb, body) in new (string, object)[]
            { ("end", new { endedAt = At(20) }), ("withdraw", new { reason = "no" }) })
            (await Send(elsewhere, $"/downtimes/{id}/{verb}", body)).Code.ShouldBe("not-at-this-terminal");
        (await Send(here, $"/downtimes/{id}/end", new { endedAt = At(20) })).Status.ShouldBe(200);
    }

    Task<(int Status, string Code, Guid? Id)> Stop(Caller caller, string unit, string? @operator, bool ended = true) =>
        Send(caller, $"/units/{unit}/downtimes",
            new { startedAt = At(0), endedAt = ended ? At(10) : (DateTimeOffset?)null, @operator });

    async Task<(int Status, string Code, Guid? Id)> Send(Caller caller, string path, object body)
    {
        using var request = service.RequestOf(caller, HttpMethod.Post, path);
        request.Content = JsonContent.Create(body);
        using var response = await service.Http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return ((int)response.StatusCode, (string?)answer["code"] ?? "", (Guid?)answer["id"]);
    }
}
