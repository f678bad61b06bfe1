using System.Text.Json;

namespace Mes.Api.Tests;

/// <summary>Bodies that a service would read, made of the glossary's values.</summary>
sealed class Examples(JsonNode document)
{
    const int DepthMax = 12;

    /// <summary>A value of a schema.</summary>
    public JsonNode? Of(JsonNode schema, string type = "", string member = "", int depth = 0)
    {
        if (Glossary.TryValue(type, member, out var known) && Fits(known, schema)) return known?.DeepClone();
        if ((string?)schema["$ref"] is { } reference)
        {
            var id = reference.Split('/')[^1];
            return Of(document["components"]!["schemas"]![id]!, id, "", depth);
        }
        if (schema["oneOf"] is JsonArray either)
            return Of(either.First(choice => (string?)choice!["type"] != "null")!, type, member, depth);
        if (schema["enum"] is JsonArray values) return values[0]?.DeepClone();
        if (depth > DepthMax) return null;
        return (TypeOf(schema), (string?)schema["format"]) switch
        {
            ("object", _) when schema["properties"] is JsonObject members => new JsonObject(members.Select(inner =>
                KeyValuePair.Create(inner.Key, Of(inner.Value!, type, inner.Key, depth + 1)))),
            ("object", _) => new JsonObject(),
            ("array", _) => new JsonArray(Of(schema["items"]!, type, member, depth + 1)),
            ("boolean", _) => false,
            ("integer" or "number", _) => 1,
            ("string", "uuid") => "0198a3c2-7d5e-7a41-9c1b-2f60d4e8b705",
            ("string", "date-time") => "2026-03-02T06:00:00Z",
            ("string", "date") => "2026-03-02",
            ("string", "time") => "06:00:00",
            ("string", _) => "text",
            _ => null
        };
    }

    /// <summary>Whether a word means here what it means elsewhere: an order's number is a text, a line's is not.</summary>
    bool Fits(JsonNode? value, JsonNode schema)
    {
        if ((string?)schema["$ref"] is { } reference)
            return Fits(value, document["components"]!["schemas"]![reference.Split('/')[^1]]!);
        if (schema["oneOf"] is JsonArray either) return either.Any(choice => Fits(value, choice!));
        if (schema["enum"] is JsonArray values) return values.Any(one => JsonNode.DeepEquals(one, value));
        string[] types = schema["type"] is JsonArray several ? [.. several.Select(type => (string)type!)]
            : schema["type"] is { } single ? [(string)single!] : [];
        return types.Length == 0 || value?.GetValueKind() switch
        {
            null => types.Contains("null"),
            JsonValueKind.Object => types.Contains("object"),
            JsonValueKind.Array => types.Contains("array"),
            JsonValueKind.True or JsonValueKind.False => types.Contains("boolean"),
            JsonValueKind.Number => types.Contains("number") || types.Contains("integer"),
            _ => types.Contains("string"),
        };
    }

    static string? TypeOf(JsonNode schema) => schema["type"] is JsonArray types
        ? types.Select(type => (string?)type).First(type => type != "null") : (string?)schema["type"];
}
