using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mes.Web.Auth;

namespace Mes.WorkOrders.Tests.Features.Attachments;

/// <summary>Files are attached to orders, read, removed and brought back.</summary>
public sealed class AttachmentTests(Plant plant) : IClassFixture<Plant>
{
    static string Of(Guid order) => $"/api/work-orders/orders/{order}/attachments";

    Task<JsonElement> Attach(Guid order, string name, byte[]? content = null, Guid? id = null) =>
        plant.Service.Do(Of(order), new { name, content = content ?? Samples.Of(name) }, id);

    async Task<List<string>> Names(Guid order, string query = "") =>
        [.. (await plant.Service.Get(Of(order) + query)).GetProperty("items").EnumerateArray()
            .Select(file => file.GetProperty("name").GetString()!)];

    async Task<JsonElement> Refusal(HttpResponseMessage answer, int status)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBe(status, text);
            text.Length.ShouldBeLessThan(2_000);
            return JsonDocument.Parse(text).RootElement;
        }
    }

    async Task<string> Refused(Guid order, object body, int status) =>
        (await Refusal(await plant.Service.Send(Of(order), body), status)).GetProperty("code").GetString()!;

    [Theory]
    [InlineData("drawing.png", "image/png", "inline")]
    [InlineData("A.PDF", "application/pdf", "inline")]
    [InlineData("photo.jpeg", "image/jpeg", "inline")]
    [InlineData("photo.jpg", "image/jpeg", "inline")]
    [InlineData("p.webp", "image/webp", "inline")]
    [InlineData("notes.txt", "text/plain", "attachment")]
    [InlineData("数量 \"1\".csv", "text/csv", "attachment")]
    [InlineData("b.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment")]
    [InlineData("b.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment")]
    public async Task A_file_comes_back_as_it_was_and_as_nothing_else(string name, string type, string disposition)
    {
        var order = await plant.Release();

        var file = await Attach(order.Id, name);

        var content = Samples.Of(name);
        file.GetProperty("contentType").GetString().ShouldBe(type);
        file.GetProperty("sizeBytes").GetInt32().ShouldBe(content.Length);
        file.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        file.GetProperty("addedBy").GetString().ShouldBe("Tester");
        (await Names(order.Id)).ShouldBe([name]);
        using var answer = await plant.Service.Http.GetAsync($"{Of(order.Id)}/{file.GetProperty("id")}");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(content);
        answer.Content.Headers.ContentType!.ToString().ShouldBe(type);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe(disposition);
        answer.Content.Headers.ContentDisposition.FileNameStar.ShouldBe(name);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
    }

    [Fact]
    public async Task A_file_that_is_known_is_not_sent_again()
    {
        var order = await plant.Release();
        var file = await Attach(order.Id, "a.png");
        var address = $"{Of(order.Id)}/{file.GetProperty("id")}";
        using var first = await plant.Service.Http.GetAsync(address);

        async Task<HttpStatusCode> Again(string tag)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var answer = await plant.Service.Http.SendAsync(request);
            answer.Headers.ETag.ShouldBe(first.Headers.ETag);
            return answer.StatusCode;
        }

        (await Again(first.Headers.ETag!.Tag)).ShouldBe(HttpStatusCode.NotModified);
        (await Again($"\"other\", W/{first.Headers.ETag}")).ShouldBe(HttpStatusCode.NotModified);
        (await Again("*")).ShouldBe(HttpStatusCode.NotModified);
        (await Again("\"other\"")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_repeat_attaches_once_and_another_file_under_its_id_is_refused()
    {
        var (order, id) = (await plant.Release(), Guid.NewGuid());

        var first = await Attach(order.Id, "a.pdf", id: id);
        var again = await Attach(order.Id, "a.pdf", id: id);

        again.GetRawText().ShouldBe(first.GetRawText());
        (await Names(order.Id)).ShouldBe(["a.pdf"]);
        using var other = await plant.Service.Send(
            Of(order.Id), new { name = "a.pdf", content = Samples.Pdf.Append((byte)'\n').ToArray() }, id);
        (await Refusal(other, 409)).GetProperty("code").GetString().ShouldBe("command-id-reused");
    }

    [Fact]
    public async Task A_dry_run_attaches_nothing()
    {
        var order = await plant.Release();
        plant.Service.Http.DefaultRequestHeaders.Add("Dry-Run", "true");
        try
        {
            (await Attach(order.Id, "a.pdf")).GetProperty("name").GetString().ShouldBe("a.pdf");
            (await Refused(order.Id, new { name = "a.pdf", content = Samples.Png }, 422))
                .ShouldBe("attachment-content-mismatch");
        }
        finally
        {
            plant.Service.Http.DefaultRequestHeaders.Remove("Dry-Run");
        }
        (await Names(order.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_removed_is_gone_until_it_is_brought_back()
    {
        var order = await plant.Release();
        await Attach(order.Id, "a.pdf");
        var file = await Attach(order.Id, "b.png");
        var address = $"{Of(order.Id)}/{file.GetProperty("id")}";

        for (var time = 0; time < 2; time++) await plant.Service.Do(address, null, method: HttpMethod.Delete);

        (await Names(order.Id)).ShouldBe(["a.pdf"]);
        (await Names(order.Id, "?removed=true")).ShouldBe(["b.png"]);
        (await Refusal(await plant.Service.Http.GetAsync(address), 404)).GetProperty("code").GetString()
            .ShouldBe("attachment-not-found");

        for (var time = 0; time < 2; time++)
        {
            var restored = await plant.Service.Do($"{address}/restore", new { });
            restored.GetProperty("removedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        }
        (await Names(order.Id)).ShouldBe(["a.pdf", "b.png"]);
        (await Names(order.Id, "?sort=Name&descending=true&size=1")).ShouldBe(["b.png"]);
        (await plant.Service.Http.GetByteArrayAsync(address)).ShouldBe(Samples.Png);
    }

    [Fact]
    public async Task The_trail_and_the_log_of_commands_tell_of_a_file_without_its_content()
    {
        var order = await plant.Release();
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("the bytes of it ", 1000)));
        var file = await Attach(order.Id, "a.txt", content);
        var id = file.GetProperty("id");

        var entry = await plant.Service.Query<string>($"SELECT changes::text FROM audit WHERE changes::text LIKE '%{id}%'");
        entry.ShouldContain(file.GetProperty("sha256").GetString()!);
        entry.ShouldContain("a.txt");
        entry.ShouldNotContain(Convert.ToBase64String(content)[..40]);
        entry.Length.ShouldBeLessThan(2_000);
        (await plant.Service.Query<int>($"SELECT length(answer::text) FROM command_log WHERE answer::text LIKE '%{id}%'"))
            .ShouldBeLessThan(1_000);
    }

    [Theory]
    [InlineData("page.html", "page.html", 422, "attachment-type-not-supported")]
    [InlineData("program.exe", "page.html", 422, "attachment-type-not-supported")]
    [InlineData("pdf", "a.pdf", 422, "attachment-type-not-supported")]
    [InlineData(".pdf", "a.pdf", 422, "attachment-type-not-supported")]
    [InlineData("page.png", "page.html", 422, "attachment-content-mismatch")]
    [InlineData("a.png", "a.jpg", 422, "attachment-content-mismatch")]
    [InlineData("a.txt", "a.png", 422, "attachment-content-mismatch")]
    [InlineData("a.csv", "a.docx", 422, "attachment-content-mismatch")]
    [InlineData("a.xlsx", "a.docx", 422, "attachment-content-mismatch")]
    [InlineData("", "a.pdf", 400, "invalid-value")]
    [InlineData(" a.pdf", "a.pdf", 400, "invalid-value")]
    [InlineData("a.pdf ", "a.pdf", 400, "invalid-value")]
    [InlineData("../a.pdf", "a.pdf", 400, "invalid-value")]
    [InlineData("c:\\a.pdf", "a.pdf", 400, "invalid-value")]
    [InlineData("a\n.pdf", "a.pdf", 400, "invalid-value")]
    [InlineData("gpj\u202Efdp.pdf", "a.pdf", 400, "invalid-value")]
    [InlineData("a\u200B.pdf", "a.pdf", 400, "invalid-value")]
    public async Task A_file_that_is_none_is_refused(string name, string like, int status, string code)
    {
        var order = await plant.Release();

        (await Refused(order.Id, new { name, content = Samples.Of(like) }, status)).ShouldBe(code);

        (await Names(order.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_that_is_none_is_refused()
    {
        var order = await plant.Release();
        (await Refused(order.Id, new { name = "a.pdf", content = Array.Empty<byte>() }, 422)).ShouldBe("attachment-empty");
        var name = new string('x', 197) + ".pdf";
        (await Refused(order.Id, new { name, content = Samples.Pdf }, 400)).ShouldBe("invalid-value");
        (await Refused(order.Id, new { name = "a.pdf", content = "no base 64!" }, 400)).ShouldBe("malformed-body");
        (await Refused(order.Id, new { name = "a.pdf", content = new string('!', 2_000_000) }, 400)).ShouldBe("malformed-body");
        (await Refused(order.Id, new { name = "a.pdf", content = (string?)null }, 400)).ShouldBe("malformed-body");
        (await Refused(order.Id, new { name = "a.pdf" }, 400)).ShouldBe("malformed-body");
        (await Refused(Guid.NewGuid(), new { name = "a.pdf", content = Samples.Pdf }, 404)).ShouldBe("order-not-found");
    }

    [Fact]
    public async Task A_large_file_is_taken_and_one_too_large_is_told_so()
    {
        var order = await plant.Release();
        byte[] Sized(int megabytes) => [.. "%PDF-"u8, .. new byte[megabytes * 1024 * 1024 - 5]];

        var file = await Attach(order.Id, "large.pdf", Sized(20));

        (await plant.Service.Http.GetByteArrayAsync($"{Of(order.Id)}/{file.GetProperty("id")}")).Length.ShouldBe(20 << 20);
        (await Refused(order.Id, new { name = "larger.pdf", content = Sized(21) }, 422)).ShouldBe("attachment-too-large");
        var huge = new HttpRequestMessage(HttpMethod.Post, Of(order.Id)) { Content = new ByteArrayContent(Sized(40)) };
        var refusal = await Refusal(await plant.Service.Http.SendAsync(huge), 413);
        refusal.GetProperty("code").GetString().ShouldBe("body-too-large");
        refusal.GetProperty("maximum").GetInt32().ShouldBe(32_000_000);
        (await Names(order.Id)).ShouldBe(["large.pdf"]);
    }

    [Fact]
    public async Task An_order_has_at_most_fifty_however_they_come()
    {
        var order = await plant.Release();
        await Task.WhenAll(Enumerable.Range(0, 46).Select(number => Attach(order.Id, $"{number}.pdf")));
        var file = await Attach(order.Id, "last.pdf");
        await plant.Service.Do($"{Of(order.Id)}/{file.GetProperty("id")}", null, method: HttpMethod.Delete);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            plant.Service.Send(Of(order.Id), new { name = $"more {number}.pdf", content = Samples.Pdf })));

        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(4);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            (await Refusal(answer, 422)).GetProperty("code").GetString().ShouldBe("too-many-attachments");
        }
        using var restored = await plant.Service.Send($"{Of(order.Id)}/{file.GetProperty("id")}/restore", new { });
        (await Refusal(restored, 422)).GetProperty("code").GetString().ShouldBe("too-many-attachments");
    }

    [Fact]
    public async Task Who_may_write_notes_may_attach_and_who_may_read_reads()
    {
        var order = await plant.Release();
        var body = new { name = "a.pdf", content = Samples.Pdf };

        (await Refusal(await plant.Service.Send(Of(order.Id), body, role: "operator"), 403)).GetProperty("code").GetString()
            .ShouldBe("not-permitted");

        using var taken = await plant.Service.Send(Of(order.Id), body, role: "planner");
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_is_found_at_its_own_order_alone()
    {
        var (order, other) = (await plant.Release(), await plant.Release());
        var id = (await Attach(order.Id, "a.pdf")).GetProperty("id");

        await Refusal(await plant.Service.Http.GetAsync($"{Of(other.Id)}/{id}"), 404);
        await Refusal(await plant.Service.Send($"{Of(other.Id)}/{id}", null, method: HttpMethod.Delete), 404);
        await Refusal(await plant.Service.Send($"{Of(other.Id)}/{id}/restore", new { }), 404);
    }
}
