using System.Net;
using System.Text.Json;

namespace Mes.WorkOrders.Tests.Features.MasterData;

/// <summary>Products are shown by pictures.</summary>
public sealed class PictureTests(Plant plant) : IClassFixture<Plant>
{
    const string Products = "/api/work-orders/products";

    async Task<string> Product(string code)
    {
        await plant.Service.Define(Products, new { code, name = "Part", unit = "pcs" });
        return $"{Products}/{Uri.EscapeDataString(code)}";
    }

    Task<JsonElement> Set(string product, byte[] content) =>
        plant.Service.Do($"{product}/picture", new { content }, method: HttpMethod.Put);

    static async Task<string> Code(HttpResponseMessage answer, int status)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBe(status, text);
            return JsonDocument.Parse(text).RootElement.GetProperty("code").GetString()!;
        }
    }

    [Theory]
    [InlineData("PIC-1")]
    [InlineData("轴/2%2F 1")]
    public async Task A_picture_is_set_changed_and_removed(string code)
    {
        var product = await Product(code);
        (await plant.Service.Get(product)).GetProperty("picture").ValueKind.ShouldBe(JsonValueKind.Null);

        var version = (await Set(product, Samples.Png)).GetProperty("picture").GetString();
        var changed = (await Set(product, Samples.Of("a.jpg"))).GetProperty("picture").GetString();

        changed.ShouldNotBe(version);
        (await plant.Service.Get(product)).GetProperty("picture").GetString().ShouldBe(changed);
        using (var answer = await plant.Service.Http.GetAsync($"{product}/picture"))
        {
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(Samples.Of("a.jpg"));
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
            var request = new HttpRequestMessage(HttpMethod.Get, $"{product}/picture");
            request.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var again = await plant.Service.Http.SendAsync(request);
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        }
        using (var lasting = await plant.Service.Http.GetAsync($"{product}/picture?version={changed}"))
            lasting.Headers.CacheControl!.ToString().ShouldContain("immutable");
        using (var past = await plant.Service.Http.GetAsync($"{product}/picture?version={version}"))
            past.Headers.CacheControl!.NoCache.ShouldBeTrue();
        for (var time = 0; time < 2; time++) await plant.Service.Do($"{product}/picture", null, method: HttpMethod.Delete);
        (await Code(await plant.Service.Http.GetAsync($"{product}/picture"), 404)).ShouldBe("picture-not-found");
        (await plant.Service.Get(product)).GetProperty("picture").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Set(product, Samples.Png)).GetProperty("picture").GetString().ShouldBe(version);
        (await plant.Service.Query<long>("SELECT count(*) FROM audit WHERE changes::text LIKE '%product_picture%'"
            + " AND changes::text LIKE '%iVBORw0K%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_card_tells_which_picture_its_product_has()
    {
        var product = $"{Products}/P";
        var order = await plant.Release();
        (await Card()).ValueKind.ShouldBe(JsonValueKind.Null);
        var version = (await Set(product, Samples.Png)).GetProperty("picture").GetString();
        (await Card()).GetString().ShouldBe(version);
        await plant.Service.Do($"{product}/picture", null, method: HttpMethod.Delete);
        (await Card()).ValueKind.ShouldBe(JsonValueKind.Null);

        async Task<JsonElement> Card() => (await plant.Service.Get("/api/work-orders/dispatch?equipment=m1&size=1000"))
            .GetProperty("items").EnumerateArray().Single(card => card.GetProperty("operationId").GetGuid() == order.Turn)
            .GetProperty("picture");
    }

    [Fact]
    public async Task What_is_no_picture_is_refused()
    {
        var product = await Product("PIC-2");
        Task<HttpResponseMessage> Send(object content, string? at = null, string? role = null) => plant.Service.Send(
            $"{at ?? product}/picture", new { content }, method: HttpMethod.Put, role: role);

        (await Code(await Send(Samples.Html), 422)).ShouldBe("picture-type-not-supported");
        (await Code(await Send(Samples.Pdf), 422)).ShouldBe("picture-type-not-supported");
        (await Code(await Send(Array.Empty<byte>()), 422)).ShouldBe("picture-type-not-supported");
        (await Code(await Send("no base 64!"), 400)).ShouldBe("malformed-body");
        byte[] large = [.. Samples.Png, .. new byte[2 << 20]];
        (await Code(await Send(large), 422)).ShouldBe("picture-too-large");
        using var bytes = new ByteArrayContent(new byte[5 << 20]);
        var huge = new HttpRequestMessage(HttpMethod.Put, $"{product}/picture") { Content = bytes };
        (await Code(await plant.Service.Http.SendAsync(huge), 413)).ShouldBe("body-too-large");
        (await Code(await Send(Samples.Png, $"{Products}/none"), 404)).ShouldBe("product-not-found");
        (await Code(await Send(Samples.Png, role: "operator"), 403)).ShouldBe("not-permitted");
        (await Code(await plant.Service.Send($"{Products}/none/picture", null, method: HttpMethod.Delete), 404))
            .ShouldBe("product-not-found");
    }
}
