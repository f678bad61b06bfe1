using System.Globalization;
using System.Reflection;
using Mes.Kernel;
using Microsoft.AspNetCore.Http;

namespace Mes.Web;

/// <summary>The decimals, instants and choices that a handler takes from the query string, held to the rules of bodies.</summary>
sealed class ExactQuery
{
    readonly (string Name, Type Type, bool AreSeveral)[] _values;

    public ExactQuery(MethodInfo handler) => _values = [.. handler.GetParameters().SelectMany(Values)];

    /// <summary>Refuses what would be read otherwise than it was meant.</summary>
    /// <exception cref="RuleViolation">Code <c>invalid-value</c>.</exception>
    public void Check(IQueryCollection query)
    {
        foreach (var (name, type, areSeveral) in _values)
        {
            // where one is wanted, several values would be joined to one by the binder
            if (query[name].ToString() is not { Length: > 0 } text || ((areSeveral || query[name].Count == 1)
                && query[name].All(value => IsExact(value ?? "", type)))) continue;
            throw RuleViolation.Malformed("invalid-value", Hint(type), ("field", name), ("value", text));
        }
    }

    // The binder would take the number of a choice as well, also one that there is not
    static bool IsExact(string text, Type type) =>
        type.IsEnum ? Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase)
        : type == typeof(DateTimeOffset) ? Exact.HasOffset(text)
        : decimal.TryParse(text, CultureInfo.InvariantCulture, out var value) && Exact.IsExact(text, value);

    static string Hint(Type type) => type.IsEnum
        ? $"Give one of {string.Join(", ", Enum.GetNames(type))}."
        : $"Give {(type == typeof(decimal) ? Exact.DecimalHint : Exact.InstantHint)}; a plus sign in an address is %2B.";

    static IEnumerable<(string, Type, bool)> Values(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetProperties().SelectMany(property => Value(property.Name, property.PropertyType))
            : Value(parameter.Name!, parameter.ParameterType);

    static IEnumerable<(string, Type, bool)> Value(string name, Type declared)
    {
        var one = declared.GetElementType() ?? declared;
        var type = Nullable.GetUnderlyingType(one) ?? one;
        if (type == typeof(decimal) || type == typeof(DateTimeOffset) || type.IsEnum)
            yield return (name, type, declared.IsArray);
    }
}
