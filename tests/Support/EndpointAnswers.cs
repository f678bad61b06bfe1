using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Mes.Tests.Support;

/// <summary>Which endpoints answer with a row of a table, or do not say with what they answer.</summary>
public static class EndpointAnswers
{
    /// <summary>Each way from an endpoint's answer to an entity, as <c>METHOD /path: Answer.Member: Entity</c>.</summary>
    public static IEnumerable<string> Entities(IEnumerable<RouteEndpoint> endpoints, IReadOnlySet<Type> entities) =>
        from endpoint in endpoints
        from answer in Declared(endpoint).Append(Returned(endpoint)).OfType<Type>().Distinct()
        from way in Ways(answer, entities, answer.Name, [])
        select $"{EndpointPermissions.Name(endpoint)}: {way}";

    /// <summary>Those whose handler's type hides what it answers with.</summary>
    public static IEnumerable<string> Hidden(IEnumerable<RouteEndpoint> endpoints) => endpoints
        .Where(endpoint => Returned(endpoint) is { } type && (type == typeof(object) || type == typeof(IResult)))
        .Select(EndpointPermissions.Name);

    /// <summary>The types that a database maps to its tables.</summary>
    public static IEnumerable<Type> EntitiesOf(DbContext db) => db.Model.GetEntityTypes().Select(entity => entity.ClrType);

    static IEnumerable<Type?> Declared(RouteEndpoint endpoint) =>
        endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Select(answer => answer.Type);

    static Type? Returned(RouteEndpoint endpoint)
    {
        var type = endpoint.Metadata.GetMetadata<MethodInfo>()?.ReturnType;
        return type is { IsGenericType: true } && (type.GetGenericTypeDefinition() == typeof(Task<>)
            || type.GetGenericTypeDefinition() == typeof(ValueTask<>)) ? type.GenericTypeArguments[0] : type;
    }

    static IEnumerable<string> Ways(Type type, IReadOnlySet<Type> entities, string way, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            yield break;
        }
        if (entities.Contains(type))
        {
            yield return $"{way}: {type}";
        }
        foreach (var (part, name) in Parts(type))
        {
            foreach (var found in Ways(part, entities, way + name, seen))
            {
                yield return found;
            }
        }
    }

    /// <summary>What a type lists, is made of, derives from and, where it is the project's own, contains.</summary>
    static IEnumerable<(Type Type, string Name)> Parts(Type type)
    {
        var inside = type.GetGenericArguments().Append(type.GetElementType()).Append(type.BaseType)
            .Concat(type.GetInterfaces().SelectMany(face => face.GetGenericArguments())).OfType<Type>();
        var members = type.Namespace?.StartsWith("Mes.", StringComparison.Ordinal) != true ? []
            : type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(member => member.GetCustomAttribute<JsonIgnoreAttribute>() is null);
        return inside.Select(part => (part, "")).Concat(members.Select(member => (member.PropertyType, $".{member.Name}")));
    }
}
