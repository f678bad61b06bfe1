using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Mes.Web;

/// <summary>
/// No list of a request holds null: the serializer itself respects the nullability of members only, and a null that gets
/// through is met far behind the answer, in a consumer.
/// </summary>
static class ListsWithoutNull
{
    public static void Demand(JsonTypeInfo type)
    {
        var lists = type.Kind == JsonTypeInfoKind.Object
            ? type.Properties.Where(member => member.Get is not null && HasReferences(member.PropertyType)).ToList()
            : [];
        if (lists.Count > 0)
        {
            type.OnDeserialized += body => lists.ForEach(list => Check(list.Name, list.Get!(body)));
        }
    }

    static void Check(string name, object? list)
    {
        if (list is IEnumerable items && items.Cast<object?>().Contains(null))
        {
            throw new JsonException($"The list '{name}' holds null; leave it out.");
        }
    }

    static bool HasReferences(Type list) =>
        list.IsAssignableTo(typeof(IEnumerable)) && ElementOf(list) is { IsValueType: false };

    static Type? ElementOf(Type list) =>
        list.IsArray ? list.GetElementType() : list.GetGenericArguments() is [var element] ? element : null;
}
