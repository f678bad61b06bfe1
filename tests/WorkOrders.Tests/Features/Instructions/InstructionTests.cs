using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mes.Persistence;
using Mes.Tests.Support;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.WorkOrders.Tests.Features.Instructions;

/// <summary>Operations have instructions by revision, which operators are shown and acknowledge before they begin.</summary>
public sealed class InstructionTests(Plant plant) : IClassFixture<Plant>
{
    static readonly byte[] Mp4 = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2 and the pictures of it"u8];
    static readonly byte[] Webm = [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84, .. "webm"u8, 0x42, 0x87];
    static readonly byte[] Matroska = [0x1A, 0x45, 0xDF, 0xA3, 0xA3, 0x42, 0x82, 0x88, .. "matroska"u8, 0x42, 0x87, 0x81, 4];
    static readonly Caller Operator =
        new("O", "O", ActorKind.Operator, null, Roles.PermissionsOf[Roles.Operator]) { Operator = "O" };

    ServiceHost<WorkOrdersDb> Service => plant.Service;

    /// <summary>A routing of its own with an order that is worked on.</summary>
    sealed record Made(string Routing, Guid Turn, Guid SignOn)
    {
        public string Step => $"/api/work-orders/routings/{Routing}/operations/turn/instruction";
        public string Shown => $"/api/work-orders/operations/{Turn}/instruction";
        public string Readings => $"{Shown}/readings";
        public object Start => new { signOnId = SignOn, equipment = "m1" };
        public object Read(int revision, string reading, string? signature = null) =>
            new { signOnId = SignOn, revision, reading, signature };
    }

    async Task<Made> Make(string acknowledgement = "Off", string instruction = "Block")
    {
        var code = Guid.NewGuid().ToString("N")[..10];
        await Service.Define("/api/work-orders/routings", new
        {
            code, revision = "A", product = "P",
            steps = new object[] { new { code = "turn", equipment = new[] { "m1" }, isReceipt = true } },
            policies = new { acknowledgement, instruction }
        });
        var order = await Service.Define("/api/erp/orders",
            new { number = code, routing = code, revision = "A", quantity = 10, release = true });
        var signOn = await Service.Do("/api/work-orders/sign-ons",
            new { @operator = "O", station = "T", at = "2026-01-01T00:00:00Z" });
        return new Made(code, order.GetProperty("operations")[0].GetProperty("id").GetGuid(), signOn.GetProperty("id").GetGuid());
    }

    Task<JsonElement> Write(Made made, string text, params Guid[] files) =>
        Service.Do(made.Step, new { text, files }, method: HttpMethod.Put);

    async Task<Guid> Add(Made made, string name, byte[] content) =>
        (await Service.Do($"{made.Step}/files", new { name, content })).GetProperty("id").GetGuid();

    async Task<JsonElement> Refused(Task<HttpResponseMessage> sent, int status, string code)
    {
        using var answer = await sent;
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        ((int)answer.StatusCode).ShouldBe(status, problem.GetRawText());
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("hint").GetString().ShouldNotBeNullOrWhiteSpace();
        return problem;
    }

    async Task<JsonElement> Card(Made made, string query = "&operator=O") =>
        (await Service.Get($"/api/work-orders/dispatch?equipment=m1&size=1000{query}")).GetProperty("items").EnumerateArray()
            .Single(card => card.GetProperty("operationId").GetGuid() == made.Turn);

    static List<string> WaitsFor(JsonElement card) =>
        [.. card.GetProperty("waitsFor").EnumerateArray().Select(reason => reason.GetString()!)];

    [Fact]
    public async Task Each_change_is_the_next_revision_and_the_ones_before_can_be_read()
    {
        var made = await Make();
        var picture = await Add(made, "chuck.png", Samples.Png);

        (await Write(made, "Clamp at 4 bar.", picture)).GetProperty("revision").GetInt32().ShouldBe(1);
        (await Write(made, " Clamp at 4 bar. ", picture)).GetProperty("revision").GetInt32().ShouldBe(1);
        (await Write(made, "Clamp at 5 bar.", picture)).GetProperty("revision").GetInt32().ShouldBe(2);

        var all = (await Service.Get($"/api/work-orders/instructions?routing={made.Routing}&operation=turn&sort=Revision"))
            .GetProperty("items").EnumerateArray().ToList();
        all.ConvertAll(one => (one.GetProperty("revision").GetInt32(), one.GetProperty("text").GetString(),
                one.GetProperty("isInForce").GetBoolean()))
            .ShouldBe([(2, "Clamp at 5 bar.", true), (1, "Clamp at 4 bar.", false)]);
        all[1].GetProperty("files")[0].GetProperty("name").GetString().ShouldBe("chuck.png");
        all[1].GetProperty("writtenBy").GetString().ShouldBe("Tester");
        var inForce = await Service.Get($"/api/work-orders/instructions?routing={made.Routing}&inForce=true");
        inForce.GetProperty("items").EnumerateArray().Single().GetProperty("revision").GetInt32().ShouldBe(2);
        (await Card(made)).GetProperty("instructionRevision").GetInt32().ShouldBe(2);
        var shown = await Service.Get($"{made.Shown}?operator=O");
        shown.GetProperty("instruction").GetProperty("revision").GetInt32().ShouldBe(2);
        shown.GetProperty("acknowledgement").GetString().ShouldBe("Off");
        shown.GetProperty("reading").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task An_empty_revision_says_that_there_is_no_instruction_any_more()
    {
        var made = await Make("Understood");
        await Refused(Service.Send(made.Step, new { text = " " }, method: HttpMethod.Put), 422, "instruction-empty");
        await Write(made, "Clamp it.");
        WaitsFor(await Card(made)).ShouldBe(["instruction"]);

        (await Write(made, "")).GetProperty("isInForce").GetBoolean().ShouldBeFalse();

        var card = await Card(made);
        card.GetProperty("instructionRevision").ValueKind.ShouldBe(JsonValueKind.Null);
        card.GetProperty("isReady").GetBoolean().ShouldBeTrue();
        await Refused(Service.Http.GetAsync(made.Shown), 404, "instruction-not-found");
        (await Write(made, "Clamp it.")).GetProperty("revision").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_video_is_sent_in_parts_and_may_be_shown_on_our_own_pages_alone()
    {
        var made = await Make();
        var video = await Add(made, "how to.mp4", Mp4);
        await Add(made, "how to.webm", Webm);
        var paper = await Add(made, "sheet.pdf", Samples.Pdf);
        async Task<HttpResponseMessage> Get(Guid file, RangeHeaderValue? range = null)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/api/work-orders/instructions/files/{file}");
            request.Headers.Range = range;
            return await Service.Http.SendAsync(request);
        }

        using var part = await Get(video, new RangeHeaderValue(4, 7));
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsStringAsync()).ShouldBe("ftyp");
        part.Content.Headers.ContentRange!.Length.ShouldBe(Mp4.Length);
        part.Content.Headers.ContentType!.ToString().ShouldBe("video/mp4");
        part.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        part.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        part.Headers.CacheControl!.ToString().ShouldContain("max-age=31536000");

        using var shown = await Get(paper);
        (await shown.Content.ReadAsByteArrayAsync()).ShouldBe(Samples.Pdf);
        shown.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'self'");
        shown.Headers.GetValues("X-Frame-Options").ShouldBe(["SAMEORIGIN"]);
    }

    [Fact]
    public async Task A_file_that_is_none_or_of_another_operation_is_refused()
    {
        var (made, other) = (await Make(), await Make());
        Task<HttpResponseMessage> Send(string name, byte[] content) => Service.Send($"{made.Step}/files", new { name, content });

        await Refused(Send("page.html", Samples.Html), 422, "attachment-type-not-supported");
        await Refused(Send("list.csv", Samples.GbkCsv), 422, "attachment-type-not-supported");
        await Refused(Send("a.mp4", Samples.Html), 422, "attachment-content-mismatch");
        await Refused(Send("a.webm", Matroska), 422, "attachment-content-mismatch");
        await Refused(Send("a.mp4", []), 422, "attachment-empty");
        await Refused(Send("../a.mp4", Mp4), 400, "invalid-value");
        await Refused(Service.Send("/api/work-orders/routings/none/operations/turn/instruction/files",
            new { name = "a.mp4", content = Mp4 }), 404, "routing-not-found");
        await Refused(Service.Send($"/api/work-orders/routings/{made.Routing}/operations/none/instruction/files",
            new { name = "a.mp4", content = Mp4 }), 404, "step-not-found");
        var foreign = await Add(other, "a.mp4", Mp4);
        await Refused(Service.Send(made.Step, new { text = "", files = new[] { foreign } }, method: HttpMethod.Put), 422,
            "instruction-file-not-found");
        await Refused(Service.Send(made.Step, new { text = "", files = new[] { foreign, foreign } }, method: HttpMethod.Put), 400,
            "invalid-value");
        await Refused(Service.Send(made.Step, new { text = new string('x', 20_001) }, method: HttpMethod.Put), 400,
            "invalid-value");
        await Refused(Service.Send(made.Step, new { text = "x" }, method: HttpMethod.Put, role: Roles.Operator), 403,
            "not-permitted");
    }

    [Fact]
    public async Task A_file_may_have_fifty_megabytes_and_no_more()
    {
        var made = await Make();
        var content = new byte[50 * 1024 * 1024];
        Mp4.CopyTo(content, 0);
        await Add(made, "long.mp4", content);

        var problem = await Refused(
            Service.Send($"{made.Step}/files", new { name = "longer.mp4", content = content.Append((byte)0).ToArray() }), 422,
            "attachment-too-large");
        problem.GetProperty("maximum").GetInt32().ShouldBe(52_428_800);
    }

    [Fact]
    public async Task Work_begins_once_the_operator_has_understood_the_revision_in_force()
    {
        var made = await Make("Understood");
        await Write(made, "Clamp it.");
        WaitsFor(await Card(made)).ShouldBe(["instruction"]);
        WaitsFor(await Card(made, "")).ShouldBeEmpty();
        var problem = await Refused(Service.Send(
            $"/api/work-orders/operations/{made.Turn}/work", made.Start, caller: Operator), 422, "operation-not-ready");
        problem.GetProperty("waitsFor")[0].GetString().ShouldBe("instruction");

        await Service.Do(made.Readings, made.Read(1, "Shown"));
        WaitsFor(await Card(made)).ShouldBe(["instruction"]);
        await Service.Do(made.Readings, made.Read(1, "Understood"));

        WaitsFor(await Card(made)).ShouldBeEmpty();
        (await Service.Get($"{made.Shown}?operator=O")).GetProperty("reading").GetString().ShouldBe("Understood");
        using (var begun = await Service.Send($"/api/work-orders/operations/{made.Turn}/work", made.Start, caller: Operator))
        {
            begun.StatusCode.ShouldBe(HttpStatusCode.OK, await begun.Content.ReadAsStringAsync());
        }
        await Write(made, "Clamp it well.");
        WaitsFor(await Card(made)).ShouldBe(["instruction"]);
    }

    [Theory]
    [InlineData("Warn")]
    [InlineData("Off")]
    public async Task A_routing_that_warns_or_does_not_ask_stops_nobody(string instruction)
    {
        var made = await Make("Understood", instruction);
        await Write(made, "Clamp it.");

        var work = await Service.Do($"/api/work-orders/operations/{made.Turn}/work", made.Start);

        work.GetProperty("warnings").EnumerateArray().Select(one => one.GetString())
            .ShouldBe(instruction == "Warn" ? ["instruction"] : []);
    }

    [Fact]
    public async Task Of_each_reading_the_first_time_is_kept_with_order_operator_and_revision()
    {
        var made = await Make();
        await Write(made, "Clamp it.");
        object At(int hour, string reading) => new
        {
            signOnId = made.SignOn, revision = 1, reading, at = $"2026-01-02T{hour:00}:00:00Z"
        };

        var first = await Service.Do(made.Readings, At(8, "Shown"));
        var again = await Service.Do(made.Readings, At(9, "Shown"));
        await Service.Do(made.Readings, At(10, "Understood"));

        again.GetRawText().ShouldBe(first.GetRawText());
        var readings = (await Service.Get($"/api/work-orders/instructions/readings?routing={made.Routing}&operator=O"))
            .GetProperty("items").EnumerateArray().ToList();
        readings.ConvertAll(one => (one.GetProperty("reading").GetString(), one.GetProperty("at").GetDateTimeOffset().Hour))
            .ShouldBe([("Understood", 10), ("Shown", 8)]);
        readings[1].GetProperty("order").GetString().ShouldBe(made.Routing);
        readings[1].GetProperty("operationId").GetGuid().ShouldBe(made.Turn);
        (await Service.Query<int>($"SELECT count(*)::int FROM audit WHERE changes::text LIKE '%instruction_reading%' "
            + $"AND changes::text LIKE '%{made.Turn}%'")).ShouldBe(2);
    }

    [Fact]
    public async Task Where_the_routing_asks_for_a_signature_only_the_operators_own_counts()
    {
        var made = await Make("Signed");
        await Write(made, "Clamp it.");
        await Service.Do(made.Readings, made.Read(1, "Understood"));
        WaitsFor(await Card(made)).ShouldBe(["instruction"]);
        var subject = (await Service.Get(made.Shown)).GetProperty("subject").GetString()!;
        var pins = Service.Services.GetRequiredService<PinSignatures>();
        Task<HttpResponseMessage> Sign(string? signature) =>
            Service.Send(made.Readings, made.Read(1, "Signed", signature), caller: Operator);

        await Refused(Sign(null), 400, "invalid-value");
        await Refused(Sign("no.signature"), 422, "signature-not-valid");
        await Refused(Sign(pins.Make("ID2", subject)), 422, "signature-not-valid");
        await Refused(Sign(pins.Make("O", subject + "0")), 422, "signature-not-valid");
        var cut = pins.Make("O", subject);
        await Refused(Sign(cut[..^2] + (cut[^2] == 'A' ? "BA" : "AA")), 422, "signature-not-valid");
        await Refused(Service.Send(made.Readings, made.Read(1, "Shown", cut)), 400, "invalid-value");
        WaitsFor(await Card(made)).ShouldBe(["instruction"]);

        using var signed = await Sign(pins.Make("O", subject));

        signed.StatusCode.ShouldBe(HttpStatusCode.OK, await signed.Content.ReadAsStringAsync());
        WaitsFor(await Card(made)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_reads_for_another_nor_what_is_not_there()
    {
        var made = await Make();
        await Write(made, "Clamp it.");
        var other = Operator with { SubjectId = "ID2", Operator = "ID2" };

        await Refused(Service.Send(made.Readings, made.Read(1, "Understood"), caller: other), 403, "acts-for-another");
        await Refused(Service.Send(made.Readings, made.Read(2, "Understood")), 404, "instruction-not-found");
        await Refused(Service.Send(made.Readings, made.Read(0, "Understood")), 400, "invalid-value");
        await Refused(Service.Send($"/api/work-orders/operations/{Guid.NewGuid()}/instruction/readings",
            made.Read(1, "Understood")), 404, "operation-not-found");
    }
}
