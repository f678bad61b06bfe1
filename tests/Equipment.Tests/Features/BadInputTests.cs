using System.Text.Json.Nodes;
using Mes.Equipment.Features.MasterData;
using static Mes.Equipment.Tests.Given;

namespace Mes.Equipment.Tests.Features;

/// <summary>What a client may get wrong: answered with a code and a hint, and nothing is changed.</summary>
public class BadInputTests(EquipmentService service) : IClassFixture<EquipmentService>
{
    const string Unit = """{"name":"N","workCenter":"W","kind":"Production"}""";
    const string Stop = """{"startedAt":"2026-03-02T00:00:00Z"}""";
    const string Nobody = "00000000-0000-0000-0000-00000000000a";
    static readonly string TooLong = new('x', 201);

    public static TheoryData<string, string, string, int> Table { get; } = new()
    {
        { "PUT", "/units/X", "{}", 400 },
        { "PUT", "/units/X", "", 400 },
        { "PUT", "/units/X", "{", 400 },
        { "PUT", "/units/X", "null", 400 },
        { "PUT", "/units/X", """{"name":"","workCenter":"W","kind":"Production"}""", 400 },
        { "PUT", "/units/X", """{"name":null,"workCenter":"W","kind":"Production"}""", 400 },
        { "PUT", "/units/X", """{"name":"a\u0000b","workCenter":"W","kind":"Production"}""", 400 },
        { "PUT", "/units/X", $$"""{"name":"{{TooLong}}","workCenter":"W","kind":"Production"}""", 400 },
        { "PUT", "/units/X", """{"name":"N","workCenter":"a\u200bb","kind":"Production"}""", 400 },
        { "PUT", "/units/X", """{"name":"N","workCenter":"W","kind":"Robot"}""", 400 },
        { "PUT", "/units/X", """{"name":"N","workCenter":"W","kind":1}""", 400 },
        { "PUT", "/units/X", """{"name":"N","workCenter":"W","kind":"Production","colour":"red"}""", 400 },
        { "PUT", "/units/X", """{"name":"N","workCenter":"W","kind":"Production","calendar":"nowhere"}""", 422 },
        { "PUT", "/units/%07", Unit, 400 },
        { "PUT", $"/units/{TooLong}", Unit, 400 },
        { "PUT", "/work-centers/X", """{"name":"N","area":"","site":"S"}""", 400 },
        { "PUT", "/work-centers/%07", """{"name":"N","area":"A","site":"S"}""", 400 },
        { "PUT", "/reasons", """{"reasons":null}""", 400 },
        { "PUT", "/reasons", """{"reasons":[null]}""", 400 },
        { "PUT", "/reasons", """{"reasons":[{"code":"","parentCode":null,"nameEn":"e","nameZh":"z"}]}""", 400 },
        { "PUT", "/reasons", """{"reasons":[{"code":"a","parentCode":"a","nameEn":"e","nameZh":"z"}]}""", 422 },
        { "PUT", "/calendars/X", """{"zone":"Atlantis","patterns":[{"validFrom":"2026-01-01","cycle":[[]]}]}""", 422 },
        { "PUT", "/calendars/X", """{"zone":"UTC","patterns":[]}""", 400 },
        { "PUT", "/calendars/X", """{"zone":"UTC","patterns":[null]}""", 400 },
        { "PUT", "/calendars/X", """{"zone":"UTC","patterns":[{"validFrom":"2026-01-01","cycle":[null]}]}""", 400 },
        { "PUT", "/calendars/X", """{"zone":"UTC","patterns":[{"validFrom":"2026-01-01","cycle":[[null]]}]}""", 400 },
        { "PUT", "/calendars/X", """{"zone":"UTC","patterns":[{"validFrom":"0001-01-01","cycle":[[]]}]}""", 400 },
        { "PUT", "/calendars/X", Calendar("""{"code":"a","start":"25:00","end":"06:00"}"""), 400 },
        {
            "PUT", "/calendars/X",
            Calendar("""{"code":"a","start":"06:00","end":"12:00"},{"code":"b","start":"11:00","end":"13:00"}"""), 422
        },
        { "PUT", "/calendars/X", Exceptions("""{"date":"2026-01-01","shifts":[]},{"date":"2026-01-01","shifts":[]}"""), 422 },
        {
            "PUT", "/calendars/X",
            Exceptions("""{"date":"9999-12-31","shifts":[{"code":"a","start":"22:00","end":"06:00"}]}"""), 400
        },
        { "PUT", "/calendars/X", Calendar("""{"code":"a","start":"24:00","end":"06:00"}"""), 400 },
        { "PUT", "/calendars/X", Calendar("""{"code":"a","start":"06:00","end":"24:01"}"""), 400 },
        { "POST", "/units/KNOWN/downtimes", "{}", 400 },
        { "POST", "/units/KNOWN/downtimes", """{"startedAt":"yesterday"}""", 400 },
        { "POST", "/units/KNOWN/downtimes", """{"startedAt":"0001-01-01T00:00:00Z"}""", 400 },
        { "POST", "/units/KNOWN/downtimes", """{"startedAt":"2999-01-01T00:00:00Z"}""", 422 },
        { "POST", "/units/KNOWN/downtimes", """{"startedAt":"2026-03-02T00:00:00Z","endedAt":"2026-03-01T00:00:00Z"}""", 400 },
        { "POST", "/units/KNOWN/downtimes", """{"startedAt":"2026-03-02T00:00:00Z","endedAt":"2999-01-01T00:00:00Z"}""", 422 },
        { "POST", "/units/KNOWN/downtimes", """{"startedAt":"2026-03-02T00:00:00Z","reason":"unheard-of"}""", 422 },
        { "POST", "/units/KNOWN/downtimes", """{"startedAt":"2026-03-02T00:00:00Z","operator":"\u0000"}""", 400 },
        { "POST", "/units/UNKNOWN/downtimes", Stop, 404 },
        { "POST", "/units/%07/downtimes", Stop, 400 },
        { "POST", $"/downtimes/{Nobody}/end", """{"endedAt":"2026-03-02T00:00:00Z"}""", 404 },
        { "POST", $"/downtimes/{Nobody}/end", "{}", 400 },
        { "POST", "/downtimes/nonsense/end", """{"endedAt":"2026-03-02T00:00:00Z"}""", 404 },
        { "POST", $"/downtimes/{Nobody}/classify", """{"reason":"unheard-of"}""", 422 },
        { "POST", $"/downtimes/{Nobody}/classify", """{"reason":""}""", 400 },
        { "GET", "/units/UNKNOWN", "", 404 },
        { "GET", "/work-centers/UNKNOWN", "", 404 },
        { "GET", "/calendars/UNKNOWN", "", 404 },
        { "GET", "/units/%07", "", 400 },
        { "GET", "/units/UNKNOWN/oee?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z", "", 404 },
        { "GET", "/units/KNOWN/oee?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "", 400 },
        { "GET", "/units/KNOWN/oee?from=0001-01-01T00:00:00Z&to=0001-01-02T00:00:00Z", "", 400 },
        { "GET", "/oee?from=2020-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "", 400 },
        { "GET", "/oee?from=2026-03-01T00:00:00&to=2026-03-02T00:00:00Z", "", 400 },
        { "GET", "/oee?from=2026-03-01&to=2026-03-02T00:00:00Z", "", 400 },
        { "GET", "/oee?from=now&to=2026-03-01T00:00:00Z", "", 400 },
        { "GET", "/units/KNOWN/losses?from=2020-03-02T00:00:00Z", "", 400 },
        { "GET", "/units/KNOWN/losses?from=2199-03-02T00:00:00Z", "", 400 },
        { "GET", "/losses?from=2020-03-02T00:00:00Z", "", 400 },
        { "GET", "/summary?to=1990-01-01T12:00:00Z", "", 400 },
        { "GET", "/summary?from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z", "", 400 },
        { "GET", "/summary?size=0", "", 400 },
        { "GET", "/units/KNOWN/intervals?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&size=0", "", 400 },
        { "GET", "/units/KNOWN/intervals?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&size=100000", "", 400 },
        { "GET", "/units/KNOWN/intervals?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&after=x", "", 400 },
        { "GET", "/units/KNOWN/reports?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&after=%07", "", 400 },
        { "GET", "/units/KNOWN/downtimes?after=x~y", "", 400 },
        { "GET", "/units/KNOWN/downtimes?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "", 400 },
        { "GET", $"/downtimes/{Nobody}", "", 404 },
        { "GET", $"/reports/{Nobody}", "", 404 },
    };

    static string Calendar(string shifts) =>
        $$"""{"zone":"UTC","patterns":[{"validFrom":"2026-01-01","cycle":[[{{shifts}}]]}]}""";

    static string Exceptions(string days) =>
        $$"""{"zone":"UTC","patterns":[{"validFrom":"2026-01-01","cycle":[[]]}],"exceptions":[{{days}}]}""";

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Is_refused_with_a_code_and_a_hint_and_changes_nothing(string method, string path, string body, int status)
    {
        await service.DefineUnit("KNOWN");
        var before = await Changes();
        using var response = await service.Send(HttpMethod.Parse(method), path, method == "GET" ? null : body);
        var text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        var problem = JsonNode.Parse(text)!;
        ((string?)problem["code"]).ShouldNotBeNullOrEmpty();
        ((string?)problem["hint"]).ShouldNotBeNullOrEmpty();
        (await Changes()).ShouldBe(before);
    }

    [Fact]
    public async Task A_command_id_is_used_once()
    {
        await service.DefineUnit("KNOWN2");
        var id = Guid.NewGuid();
        var first = await service.Post("/units/KNOWN2/downtimes", new { startedAt = At(0), endedAt = At(10) }, id);
        var again = await service.Post("/units/KNOWN2/downtimes", new { startedAt = At(0), endedAt = At(10) }, id);
        again.ToJsonString().ShouldBe(first.ToJsonString());
        using var other = await service.Send(
            HttpMethod.Post, "/units/KNOWN2/downtimes", new { startedAt = At(0), endedAt = At(11) }, id);
        ((int)other.StatusCode).ShouldBe(409);
        (await service.Count("SELECT count(*) FROM downtime WHERE equipment = 'KNOWN2'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_body_beyond_a_megabyte_is_refused()
    {
        using var response = await service.Send(HttpMethod.Put, "/units/X",
            new { name = new string('x', 1_100_000), workCenter = "W", kind = "Production" });
        ((int)response.StatusCode).ShouldBe(413);
    }

    Task<long> Changes() => service.Count(
        """
        SELECT (SELECT count(*) FROM audit) + (SELECT count(*) FROM outbox)
            + (SELECT count(*) FROM parked_message) -- where what nobody here reads ends
            + (SELECT count(*) FROM command_log) + (SELECT count(*) FROM work_center)
        """);
}
