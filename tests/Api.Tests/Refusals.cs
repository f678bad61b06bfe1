using System.Text.RegularExpressions;
using Mes.Web.Commands;

namespace Mes.Api.Tests;

/// <summary>How an operation may refuse, in the words of its document.</summary>
static partial class Refusals
{
    /// <summary>The name of the schema of all problems.</summary>
    public const string Schema = "Problem";

    /// <summary>Refusals that look alike whatever is asked for.</summary>
    static readonly (string Name, int Status, string Meaning)[] Shared =
    [
        ("NotSignedIn", 401, "Nobody is signed in: `not-signed-in`."),
        ("NotPermitted", 403, "The caller may not do this: `not-permitted`, `password-change-required`."),
        ("TooLarge", 413, "The body is too large, split it: `body-too-large`."),
        ("NotJson", 415, "The body is no JSON in UTF-8: `not-json`, `not-utf8`."),
        ("TooMuch", 429, "Too much at a time, wait as long as Retry-After says: `too-many-requests`."),
        ("Unexpected", 500, "A defect of the software: `unexpected`."),
        ("Unavailable", 503, "For now nothing is changed, repeat the request: `service-unavailable`, `database-unavailable`, "
            + "`database-timeout`, `database-read-only`, `disk-full`."),
        ("TimedOut", 504, "The answer is late, repeat the request: `service-timeout`."),
    ];

    static readonly Dictionary<int, string> Hints = new()
    {
        [400] = "Compare the request with its description.", [401] = "Sign in, then repeat the request.",
        [403] = "Let somebody do it who may.", [404] = "Check the key, or create the thing first.",
        [409] = "Read it again, then decide anew.", [413] = "Send at most 1 MB; split a larger batch.",
        [415] = "Send JSON in UTF-8.", [422] = "Look at the values beside this hint, and send others.",
        [429] = "Wait as long as Retry-After says.", [500] = "This is a defect of the software. Its trace id is in the log.",
        [503] = "Repeat the command under the same id; it is applied once.",
        [504] = "Repeat the command under the same id; it is applied once.",
    };

    static readonly Dictionary<int, string> Meanings = new()
    {
        [400] = "The request is malformed", [401] = "It is not known who asks", [403] = "It is not permitted",
        [404] = "There is no such thing", [409] = "It contradicts what is there", [422] = "A rule refuses it",
    };

    /// <summary>Those that the code of no handler makes, but what stands before it.</summary>
    public static IEnumerable<Problem> Before(bool hasBody, bool hasQuery, bool isCommand)
    {
        yield return new(400, "malformed-request");
        if (hasQuery || hasBody) yield return new(400, "invalid-value");
        if (hasBody) yield return new(400, "body-missing");
        if (hasBody) yield return new(400, "invalid-code");
        if (hasBody) yield return new(400, "malformed-body");
        if (!isCommand) yield break;
        yield return new(400, "command-id-missing");
        yield return new(409, "changed-meanwhile");
        yield return new(409, "command-id-reused");
    }

    /// <summary>The answers with which an operation may refuse, by their status.</summary>
    public static IEnumerable<(int Status, JsonObject Answer)> Of(
        IEnumerable<Problem> problems, bool hasBody, bool isAnonymous)
    {
        var own = problems.Where(problem => Meanings.ContainsKey(problem.Status)).GroupBy(problem => problem.Status)
            .ToDictionary(group => group.Key, group => group.Select(problem => problem.Code).ToHashSet());
        if (!isAnonymous) own.GetValueOrDefault(403)?.UnionWith(["not-permitted", "password-change-required"]);
        if (!isAnonymous) own.GetValueOrDefault(401)?.Add("not-signed-in");
        var shared = Shared.Where(shared => !own.ContainsKey(shared.Status))
            .Where(shared => shared.Status is not (401 or 403) || !isAnonymous)
            .Where(shared => shared.Status is not (413 or 415) || hasBody)
            .Select(shared => (shared.Status, new JsonObject { ["$ref"] = $"#/components/responses/{shared.Name}" }));
        return own.Select(pair => (pair.Key, Answer(pair.Key, Meanings[pair.Key], pair.Value.Order(StringComparer.Ordinal))))
            .Concat(shared);
    }

    /// <summary>Adds what the refusals of all operations refer to.</summary>
    public static void AddComponents(JsonObject components)
    {
        components["responses"] = new JsonObject(Shared.Select(shared =>
            KeyValuePair.Create(shared.Name, (JsonNode?)Answer(
                shared.Status, shared.Meaning, FirstCode().Match(shared.Meaning).Groups[1].Value))));
        components["schemas"]!.AsObject()[Schema] = JsonNode.Parse("""
            {
              "type": "object",
              "description": "Problem details (RFC 9457). The values that broke a rule are further members.",
              "required": ["status", "title", "code", "hint"],
              "properties": {
                "type": { "type": "string", "description": "No address: programs act on the code." },
                "status": { "type": "integer", "format": "int32", "description": "The HTTP status." },
                "title": { "type": "string", "description": "The code in words." },
                "code": { "type": "string", "description": "Stable: programs may act on it." },
                "hint": { "type": "string", "description": "What to do about it, one sentence." },
                "traceId": { "type": ["string", "null"], "description": "Finds the request in the log and the trace." }
              },
              "additionalProperties": true
            }
            """);
    }

    /// <summary>The parameter by which a command is known.</summary>
    public static JsonObject CommandId(bool isRequired) => new()
    {
        ["name"] = CommandHeader.Name, ["in"] = "header", ["required"] = isRequired,
        ["description"] = "Made by the client, the same one when the command is repeated: it is applied once.",
        ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" },
    };

    static JsonObject Answer(int status, string meaning, IEnumerable<string> codes)
    {
        var names = codes.ToArray();
        // one of its own tells more than one that all have
        var told = names.Except(Before(hasBody: true, hasQuery: true, isCommand: true).Select(problem => problem.Code))
            .FirstOrDefault() ?? names[0];
        var answer = Answer(status, $"{meaning}: {string.Join(", ", names.Select(code => $"`{code}`"))}.", told);
        answer["x-codes"] = new JsonArray([.. names.Select(code => (JsonNode)code)]);
        return answer;
    }

    static JsonObject Answer(int status, string description, string code) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject
        {
            ["application/problem+json"] = new JsonObject
            {
                ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{Schema}" },
                ["example"] = new JsonObject
                {
                    ["status"] = status, ["title"] = code.Replace('-', ' '), ["code"] = code, ["hint"] = Hints[status],
                    ["traceId"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                },
            }
        }
    };

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex FirstCode();
}
