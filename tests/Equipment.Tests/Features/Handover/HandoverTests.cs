using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mes.Persistence;
using Mes.Web.Auth;

namespace Mes.Equipment.Tests.Features.Handover;

/// <summary>A shift tells the next one at a work center what it has to know.</summary>
public sealed class HandoverTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    static readonly Caller Early = Person("E-1", "Early");
    static readonly Caller Late = Person("L-1", "Late");

    static Caller Person(string code, string name) =>
        new(code, name, ActorKind.Operator, null, Roles.PermissionsOf[Roles.Operator]) { Operator = code };

    async Task<string> Center()
    {
        var code = Guid.NewGuid().ToString("N")[..8];
        await service.Put($"/work-centers/{code}", new { name = "Center", area = "A", site = "S" });
        return code;
    }

    async Task<(HttpStatusCode Status, JsonNode Body)> Send(Caller caller, string path, object body)
    {
        using var request = service.RequestOf(caller, HttpMethod.Post, path);
        request.Content = JsonContent.Create(body);
        using var answer = await service.Http.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    async Task<JsonNode> Write(string workCenter, string text, Caller? by = null, string? at = null)
    {
        var (status, body) = await Send(by ?? Early, "/handover-notes", new { workCenter, text, at });
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        return body;
    }

    async Task<List<string>> Texts(string query) =>
        [.. (await service.Get($"/handover-notes?{query}"))["items"]!.AsArray().Select(note => (string)note!["text"]!)];

    async Task Refused(Caller caller, string path, object body, HttpStatusCode expected, string code)
    {
        var (status, problem) = await Send(caller, path, body);
        status.ShouldBe(expected, problem.ToJsonString());
        ((string)problem["code"]!).ShouldBe(code);
    }

    [Fact]
    public async Task A_note_is_open_until_somebody_of_the_next_shift_knows_of_it()
    {
        var center = await Center();
        var note = await Write(center, "刀具 12 已换；coolant is low");
        ((string)note["writtenBy"]!, note["acknowledgedAt"]).ShouldBe(("Early", null));
        (await Texts($"workCenter={center}&status=Open")).Count.ShouldBe(1);
        var path = $"/handover-notes/{note["id"]}/acknowledge";

        await Refused(Early, path, new { }, HttpStatusCode.UnprocessableEntity, "own-handover-note");
        var (status, known) = await Send(Late, path, new { });

        status.ShouldBe(HttpStatusCode.OK);
        ((string)known["acknowledgedBy"]!).ShouldBe("Late");
        ((DateTimeOffset)known["acknowledgedAt"]!).ShouldBeGreaterThanOrEqualTo((DateTimeOffset)known["writtenAt"]!);
        await Refused(Person("L-2", "Another"), path, new { }, HttpStatusCode.Conflict, "handover-note-acknowledged");
        (await Texts($"workCenter={center}&status=Open")).ShouldBeEmpty();
        (await Texts($"workCenter={center}&status=Acknowledged")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Notes_are_listed_by_work_center_and_time_the_last_first()
    {
        var (center, other) = (await Center(), await Center());
        await Write(center, "first", at: "2026-01-05T14:00:00Z");
        await Write(center, "second", at: "2026-01-05T22:00:00Z");
        await Write(other, "elsewhere", at: "2026-01-05T22:00:00Z");

        (await Texts($"workCenter={center}")).ShouldBe(["second", "first"]);
        (await Texts($"workCenter={center}&descending=false&size=1")).ShouldBe(["first"]);
        (await Texts($"workCenter={center}&from=2026-01-05T14:00:00Z&to=2026-01-05T22:00:00Z")).ShouldBe(["first"]);
    }

    [Fact]
    public async Task A_terminal_hands_over_at_the_work_centers_of_its_own_equipment_only()
    {
        var (center, other) = (await Center(), await Center());
        var unit = "U" + center;
        await service.Put($"/units/{unit}", new { name = "Unit", workCenter = center, kind = "Production" });
        var atTerminal = Early with { Equipment = [unit] };

        var note = await Write(center, "here", atTerminal);
        await Refused(atTerminal, "/handover-notes", new { workCenter = other, text = "there" }, HttpStatusCode.Forbidden,
            "not-at-this-terminal");
        var there = await Write(other, "there");
        await Refused(Late with { Equipment = [unit] }, $"/handover-notes/{there["id"]}/acknowledge", new { },
            HttpStatusCode.Forbidden, "not-at-this-terminal");
        (await Send(Late with { Equipment = [unit] }, $"/handover-notes/{note["id"]}/acknowledge", new { })).Status
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_no_note_is_refused()
    {
        var center = await Center();
        await Write(center, new string('x', 4000));
        await Refused(Early, "/handover-notes", new { workCenter = center, text = new string('x', 4001) },
            HttpStatusCode.BadRequest, "invalid-value");
        await Refused(Early, "/handover-notes", new { workCenter = center, text = " " }, HttpStatusCode.BadRequest,
            "invalid-value");
        await Refused(Early, "/handover-notes", new { workCenter = "none", text = "x" }, HttpStatusCode.UnprocessableEntity,
            "work-center-not-found");
        await Refused(Early, $"/handover-notes/{Guid.NewGuid()}/acknowledge", new { }, HttpStatusCode.NotFound,
            "handover-note-not-found");
        var reader = Early with { Permissions = Roles.PermissionsOf[Roles.Planner] };
        await Refused(reader, "/handover-notes", new { workCenter = center, text = "x" }, HttpStatusCode.Forbidden,
            "not-permitted");
    }
}
