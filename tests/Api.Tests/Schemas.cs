using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mes.Api.Tests;

/// <summary>
/// Describes the schemas of a document by the comments of their types, and puts right what the framework cannot know.
/// </summary>
sealed class Schemas(Texts texts, Limits limits, Func<string, Type?> typeOf)
{
    /// <summary>Describes all schemas of a document.</summary>
    public void Describe(JsonNode document)
    {
        var schemas = document["components"]!["schemas"]!.AsObject();
        var asked = Reached(document, schemas, "requestBody");
        foreach (var (id, schema) in schemas)
        {
            if (typeOf(id) is not { } type) continue;
            Describe(schema!.AsObject(), type);
            if (!asked.Contains(id) && schema["properties"] is JsonObject members)
            {
                // an answer has every member, each time
                schema["required"] = new JsonArray([.. members.Select(member => (JsonNode)member.Key)]);
            }
        }
    }

    /// <summary>Gives numbers and times, which are read by rules of our own, the types that they have in JSON.</summary>
    public static void Settle(JsonObject schema, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared);
        var (name, format) = (type ?? declared) switch
        {
            var t when t == typeof(decimal) => ("number", "double"),
            var t when t == typeof(DateTimeOffset) => ("string", "date-time"),
            _ => ("", "")
        };
        if (name.Length > 0)
        {
            schema["type"] = type is null ? name : new JsonArray(name, "null");
            schema["format"] = format;
        }
        else if (schema["items"] is JsonObject items && ItemOf(declared) is { } item)
        {
            Settle(items, item);
        }
        else if (schema["additionalProperties"] is JsonObject values && ValueOf(declared) is { } value)
        {
            Settle(values, value);
        }
    }

    void Describe(JsonObject schema, Type type)
    {
        var text = type == typeof(Stream) ? "The bytes of a file." : texts.Of(type);
        if (type.IsEnum)
        {
            // one that may be missing is said to be so where it is
            schema["type"] = "string";
            var values = type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (
                Name: field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name,
                Text: texts.Of(field))).ToList();
            // of flags several can be said at once
            if (type.GetCustomAttribute<FlagsAttribute>() is null) Close(schema, values.Select(value => value.Name));
            var meanings = values.Where(value => value.Text is not null).Select(value => $"- `{value.Name}`: {value.Text}");
            text = string.Join('\n', new[] { text ?? "" }.Concat(meanings)).Trim();
        }
        if (!string.IsNullOrEmpty(text)) schema["description"] = text;
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToLookup(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            if (properties[name].FirstOrDefault() is not { } property) continue;
            Settle(member!.AsObject(), property.PropertyType);
            limits.Write(member.AsObject(), property);
            if (Nullable.GetUnderlyingType(property.PropertyType)?.IsEnum == true && member["$ref"] is { } reference)
            {
                member.AsObject().Clear();
                member["oneOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, new JsonObject { ["$ref"] = reference });
            }
            if (texts.Of(property) is { } meaning) member["description"] = meaning;
            if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
                Close(member, allowed.Values.OfType<string>());
            if (property.PropertyType == typeof(string) && texts.KindsOf(property) is { } kinds) Close(member, kinds);
        }
    }

    /// <summary>Names the values that a text can have: the constants of a class that its comment names.</summary>
    void Close(JsonNode member, Type kinds)
    {
        var values = kinds.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).ToList();
        Close(member, values.Select(ValueOf));
        var text = ((string)member["description"]!).Replace($"`{kinds.Name}`", "these:", StringComparison.Ordinal).TrimEnd('.');
        member["description"] = string.Join('\n', values
            .Select(field => $"- `{ValueOf(field)}`: {texts.Of(field)}").Prepend(text));

        static string ValueOf(FieldInfo field) => (string)field.GetRawConstantValue()!;
    }

    static void Close(JsonNode member, IEnumerable<string> values) =>
        member["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);

    /// <summary>The schemas that requests, or answers, are made of.</summary>
    static HashSet<string> Reached(JsonNode document, JsonObject schemas, string part)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<JsonNode?>(document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject())
            .Select(operation => operation.Value![part]));
        while (waiting.TryPop(out var node))
        {
            if (node is JsonArray array) foreach (var item in array) waiting.Push(item);
            if (node is not JsonObject branch) continue;
            foreach (var (_, inner) in branch) waiting.Push(inner);
            if ((string?)branch["$ref"] is { } reference && found.Add(reference.Split('/')[^1]))
                waiting.Push(schemas[reference.Split('/')[^1]]);
        }
        return found;
    }

    static Type? ItemOf(Type type) => type.IsArray ? type.GetElementType() : Arguments(type, typeof(IEnumerable<>))?[0];

    static Type? ValueOf(Type type) =>
        (Arguments(type, typeof(IReadOnlyDictionary<,>)) ?? Arguments(type, typeof(IDictionary<,>)))?[1];

    static Type[]? Arguments(Type type, Type of) => type.GetInterfaces().Append(type)
        .FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == of)?.GenericTypeArguments;
}
