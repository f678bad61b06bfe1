using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mes.Kernel;

namespace Mes.Web;

/// <summary>
/// Brings all texts of a request's body into normal form as it is read: what is stored and compared is one form. A text with
/// the character zero, which the database keeps nowhere, is refused as malformed.
/// </summary>
public static class NormalTexts
{
    /// <summary>Adds it to what a type does once it is read.</summary>
    public static void Demand(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }
        var texts = type.Properties.Where(member =>
            member is { Get: not null, Set: not null } && member.PropertyType == typeof(string)).ToList();
        var lists = type.Properties.Where(member =>
            member.Get is not null && member.PropertyType.IsAssignableTo(typeof(IEnumerable<string>))).ToList();
        if (texts.Count + lists.Count > 0)
        {
            type.OnDeserialized += body => Normalize(body, texts, lists);
        }
    }

    static void Normalize(object body, List<JsonPropertyInfo> texts, List<JsonPropertyInfo> lists)
    {
        foreach (var member in texts)
        {
            if (member.Get!(body) is string text && Normal(text) is var normal && !ReferenceEquals(text, normal))
            {
                member.Set!(body, normal);
            }
        }
        foreach (var member in lists)
        {
            if (member.Get!(body) is IList<string> list)
            {
                Normalize(list);
            }
        }
    }

    static void Normalize(IList<string> list)
    {
        for (var at = 0; at < list.Count; at++)
        {
            if (list[at] is { } text && Normal(text) is var normal && !ReferenceEquals(text, normal))
            {
                list[at] = normal;
            }
        }
    }

    static string Normal(string text) => text.Contains('\0') ? throw new JsonException() : NormalForm.Of(text);
}
