using System.Text.Json;

namespace Mes.Demo.Api;

/// <summary>Reads the members of an answer.</summary>
static class JsonAnswers
{
    public static string Text(this JsonElement answer, string member) => answer.GetProperty(member).GetString()!;

    public static string? TextOrNull(this JsonElement answer, string member) => answer.GetProperty(member).GetString();

    public static Guid Id(this JsonElement answer, string member = "id") => answer.GetProperty(member).GetGuid();

    public static decimal Number(this JsonElement answer, string member) => answer.GetProperty(member).GetDecimal();

    public static bool Is(this JsonElement answer, string member) => answer.GetProperty(member).GetBoolean();

    public static DateTimeOffset Time(this JsonElement answer, string member) =>
        answer.GetProperty(member).GetDateTimeOffset();

    public static DateTimeOffset? TimeOrNull(this JsonElement answer, string member) =>
        answer.GetProperty(member) is { ValueKind: JsonValueKind.String } time ? time.GetDateTimeOffset() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement answer, string member = "items") =>
        answer.GetProperty(member).EnumerateArray();
}
