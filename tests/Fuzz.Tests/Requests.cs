namespace Mes.Fuzz.Tests;

/// <summary>Makes requests of what the documents describe: as described, nearly so, or broken in their form.</summary>
sealed class Requests(Uri address, IReadOnlyList<Operation> operations, Random random, Values values)
{
    static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];

    static readonly string[] MediaTypes =
    [
        "application/json; charset=utf-7", "application/json; charset=\"utf-16\"", "application/json; charset=", "text/plain",
        "application/x-www-form-urlencoded", "multipart/form-data", "application/json; charset=utf-8", "APPLICATION/JSON",
        "json", "*/*",
    ];

    static readonly string[] Bodies =
    [
        "", "null", "{", "[]", "{}", "\"\"", "0", "{\"a\":", "\u0000", "{}{}", "[[[[[[[[", "// x", "{\"a\":1,}",
    ];

    /// <summary>The next one, with what it was made of.</summary>
    public (HttpRequestMessage Request, string Told) Next()
    {
        var operation = values.Pick(operations);
        var wildness = values.Pick([0.0, 0.2, 0.5, 1.0]);
        var method = random.NextDouble() < wildness * 0.05 ? values.Pick(Methods) : operation.Method;
        var target = Path(operation, wildness) + Query(operation, wildness);
        var request = new HttpRequestMessage(new HttpMethod(method), Address(target));
        var body = operation.Body is null && random.NextDouble() > wildness * 0.05 ? null : Body(operation, wildness);
        if (body is not null && method != "TRACE") request.Content = Content(body, wildness);
        foreach (var header in operation.Parameters.Where(parameter => parameter.In == "header"))
        {
            request.Headers.TryAddWithoutValidation(header.Name, random.NextDouble() < wildness * 0.1
                ? "x" : values.Plain(operation, header.Schema, 0));
        }
        return (request, $"{method} {target} {request.Content?.Headers.ContentType} {Cut(body)}");
    }

    // As it is written: no dot or escape is put right on the way
    Uri Address(string target) => new(address.GetLeftPart(UriPartial.Authority) + target,
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    string Path(Operation operation, double wildness)
    {
        var path = operation.Path;
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "path"))
        {
            var text = values.Plain(operation, parameter.Schema, wildness);
            path = path.Replace($"{{{parameter.Name}}}", Escaped(text.Length == 0 ? "x" : text), StringComparison.Ordinal);
        }
        return random.NextDouble() < wildness * 0.03
            ? path + values.Pick(["/", "//", "/..", "/%2e%2e", "/%00", "%", ";a=b"])
            : path;
    }

    string Query(Operation operation, double wildness)
    {
        var parts = operation.Parameters.Where(parameter => parameter.In == "query")
            .Where(parameter => parameter.IsRequired ? random.NextDouble() > wildness * 0.1 : random.NextDouble() < 0.4)
            .Select(parameter => $"{parameter.Name}={Escaped(values.Plain(operation, parameter.Schema, wildness))}").ToList();
        if (parts.Count > 0 && random.NextDouble() < wildness * 0.1) parts.Add(parts[0]);
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    string Body(Operation operation, double wildness) => operation.Body is null || random.NextDouble() < wildness * 0.07
        ? values.Pick(Bodies)
        : values.Json(operation, operation.Body, wildness);

    ByteArrayContent Content(string body, double wildness)
    {
        var bytes = random.NextDouble() < wildness * 0.03
            ? [.. Encoding.UTF8.GetBytes(body), 0xC3, 0x28, 0xFF] : Encoding.UTF8.GetBytes(body);
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type",
            random.NextDouble() < wildness * 0.08 ? values.Pick(MediaTypes) : "application/json");
        if (random.NextDouble() < wildness * 0.02) content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        return content;
    }

    static string Escaped(string text) => Uri.EscapeDataString(WellFormed(text));

    static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    static string? Cut(string? body) => body is { Length: > 600 } ? body[..600] + "…" : body;
}
