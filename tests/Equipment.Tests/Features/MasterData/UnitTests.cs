using System.Net;
using Mes.Contracts;
using Mes.Equipment.Features.MasterData;
using Mes.Tests.Support;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Equipment.Tests.Features.MasterData;

public class UnitTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    [Fact]
    public async Task A_unit_is_published_when_it_changes_and_only_then()
    {
        var path = "/units/U1";
        await service.Put(path, new { name = "Mill", workCenter = "WC1", kind = "Production" });
        await service.Put(path, new { name = "Mill", workCenter = "WC1", kind = "Production" });
        await service.Put(path, new { name = "Mill", workCenter = "WC2", kind = "Inspection" });
        (await service.Published<EquipmentChanged>()).Where(state => state.Code == "U1").ShouldBe(
        [
            new("U1", 1, "Mill", "WC1", EquipmentKind.Production, Calendar: "plant"),
            new("U1", 2, "Mill", "WC2", EquipmentKind.Inspection, Calendar: "plant"),
        ]);
        (await service.Get("/work-centers"))["items"]!.AsArray().Select(row => (string)row!["code"]!).Intersect(["WC1", "WC2"])
            .Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_was_put_is_what_is_shown()
    {
        var center = await service.Put("/work-centers/WC7", new { name = "Milling", area = "Hall 2", site = "Main" });
        (await service.Get("/work-centers/WC7")).ToJsonString().ShouldBe(center.ToJsonString());
        var calendar = (await service.Get("/calendars"))["items"]!.AsArray().Single(row => (string)row!["code"]! == "plant")!;
        (await service.Get("/calendars/plant")).ToJsonString().ShouldBe(calendar.ToJsonString());
    }

    [Fact]
    public async Task Each_change_of_a_calendar_and_of_the_calendar_of_a_unit_is_in_the_audit()
    {
        await service.Put("/calendars/audited", Day("12:00"));
        await service.Put("/calendars/audited", Day("24:00"));
        await service.Put("/calendars/audited", Day("24:00"));
        await service.DefineUnit("U4");
        await service.DefineUnit("U4", "audited");
        (await Audited("shift_calendar", "audited")).ShouldBe(2);
        (await Audited("equipment_unit", "U4")).ShouldBe(2);

        static object Day(string end) => new
        {
            zone = "Europe/Berlin",
            patterns = new[]
            {
                new { validFrom = "2020-01-01", cycle = new[] { new[] { new { code = "day", start = "00:00", end } } } },
            },
        };
    }

    Task<long> Audited(string table, string key) => service.Count(
        $"SELECT count(*) FROM audit WHERE changes::text LIKE '%{table}%' AND changes::text LIKE '%\"{key}\"%'");

    [Fact]
    public async Task Defining_what_was_only_reported_on_is_a_change()
    {
        await service.Apply(Facts.Report("U2", 0, 1));
        await service.Apply(Facts.Report("U2", 1, 2));
        (await Audited("equipment_unit", "U2")).ShouldBe(1);
        (await service.Published<EquipmentChanged>()).ShouldNotContain(state => state.Code == "U2");
        await service.Put("/units/U2", new { name = "U2", workCenter = "WC1", kind = "Production" });
        (await service.Published<EquipmentChanged>()).Single(state => state.Code == "U2").Version.ShouldBe(1);
    }

    [Fact]
    public async Task Units_reported_on_and_defined_at_once_are_all_there()
    {
        var codes = Enumerable.Range(0, 20).Select(i => $"U3-{i}").ToArray();
        var reporting = service.Apply([.. codes.Select(code => Facts.Report(code, 0, 1, good: 1))]);
        await Task.WhenAll(codes.Select(code => service.DefineUnit(code)));
        await reporting;
        foreach (var code in codes)
            ((long)(await service.Get($"/units/{code}"))["version"]!).ShouldBe(1);
        (await service.Count("SELECT count(*) FROM parked_message WHERE queue <> 'outbox'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("PUT", "/units/X", Permissions.ManageEquipment)]
    [InlineData("PUT", "/work-centers/X", Permissions.ManageEquipment)]
    [InlineData("PUT", "/reasons", Permissions.ManageEquipment)]
    [InlineData("PUT", "/calendars/X", Permissions.DefineCalendars)]
    [InlineData("POST", "/units/X/downtimes", Permissions.ReportEquipment)]
    [InlineData("POST", "/downtimes/00000000-0000-0000-0000-000000000001/end", Permissions.ReportEquipment)]
    [InlineData("POST", "/downtimes/00000000-0000-0000-0000-000000000001/classify", Permissions.ReportEquipment)]
    [InlineData("POST", "/downtimes/00000000-0000-0000-0000-000000000001/withdraw", Permissions.ReportEquipment)]
    [InlineData("POST", "/units/X/retire", Permissions.ManageEquipment)]
    [InlineData("POST", "/units/X/reinstate", Permissions.ManageEquipment)]
    [InlineData("GET", "/units", Permissions.ReadEquipment)]
    [InlineData("GET", "/summary", Permissions.ReadEquipment)]
    [InlineData("GET", "/oee", Permissions.ReadEquipment)]
    [InlineData("GET", "/oee/verdict", Permissions.ReadEquipment)]
    [InlineData("GET", "/units/X/intervals", Permissions.ReadEquipment)]
    [InlineData("GET", "/units/X/reports", Permissions.ReadEquipment)]
    [InlineData("GET", "/units/X/losses", Permissions.ReadEquipment)]
    [InlineData("GET", "/losses", Permissions.ReadEquipment)]
    public async Task Nobody_without_the_permission_may(string method, string path, string permission)
    {
        var others = Permissions.All.Where(other => other != permission).ToArray();
        using var request = service.Request(HttpMethod.Parse(method), path, permissions: others);
        using var response = await service.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public Task The_service_is_healthy() => Poll.Until(async () =>
    {
        using var answer = await service.Http.GetAsync(new Uri(service.Address, "/health/ready"));
        return answer.StatusCode == HttpStatusCode.OK;
    }, TimeSpan.FromSeconds(60), "it is ready");

    [Fact]
    public async Task A_slash_and_what_stands_for_it_are_two_units()
    {
        await service.Put("/units/M%2F1", new { name = "with a slash", workCenter = "WC/1", kind = "Production" });
        await service.Put("/units/M%252F1", new { name = "with a percent sign", workCenter = "WC", kind = "Production" });

        var slash = await service.Get("/units/M%2F1");
        var percent = await service.Get("/units/M%252F1");

        ((string?)slash["code"], (string?)slash["name"]).ShouldBe(("M/1", "with a slash"));
        ((string?)percent["code"], (string?)percent["name"]).ShouldBe(("M%2F1", "with a percent sign"));
    }
}
