using System.Reflection;
using FluentValidation;
using FluentValidation.Validators;
using Mes.Kernel;
using Mes.Web;

namespace Mes.Api.Tests;

/// <summary>
/// The limits of values that requests are held to, as their validators say them. A rule that holds only at times, or of what
/// is worked out of several members, is told in words alone.
/// </summary>
sealed class Limits
{
    readonly Dictionary<(Type Type, string Member), JsonObject> _limits = [];

    /// <summary>Reads the validators of what the handlers of a host take.</summary>
    public Limits(ApiHost host)
    {
        foreach (var type in host.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>()).OfType<MethodInfo>()
            .SelectMany(handler => handler.GetParameters()).Select(parameter => parameter.ParameterType).Distinct())
        {
            if (host.Services.GetService(typeof(IValidator<>).MakeGenericType(type)) is IValidator validator) Read(validator);
        }
    }

    /// <summary>Writes the limits of a member of a request into its schema.</summary>
    public void Write(JsonObject schema, PropertyInfo member)
    {
        // a member that several requests share is held to the rules of the one that has it
        var limits = _limits.GetValueOrDefault((member.ReflectedType!, member.Name))
            ?? _limits.GetValueOrDefault((member.DeclaringType!, member.Name));
        if (schema["type"] is null || limits is null) return;
        foreach (var (name, limit) in limits)
        {
            if (name != "items") schema[name] = limit!.DeepClone();
            else if (schema["items"] is JsonObject items && items["type"] is not null)
                foreach (var (inner, each) in limit!.AsObject()) items[inner] = each!.DeepClone();
        }
    }

    /// <summary>Writes how long a code of an address is.</summary>
    public static void WriteCode(JsonObject schema)
    {
        schema["minLength"] = 1;
        schema["maxLength"] = Codes.LengthMax;
    }

    void Read(IValidator validator)
    {
        foreach (var rule in validator.CreateDescriptor().Rules.Where(rule => !rule.HasCondition && rule.Member is PropertyInfo))
        {
            var isOfEach = rule.GetType().GetInterfaces().Any(face => face.IsGenericType
                && face.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));
            foreach (var part in rule.Components.Where(part => !part.HasCondition))
            {
                if (part.Validator is IChildValidatorAdaptor) Read(ChildOf(part.Validator));
                else Add((PropertyInfo)rule.Member, isOfEach, part.Validator);
            }
        }
    }

    void Add(PropertyInfo member, bool isOfEach, IPropertyValidator rule)
    {
        // that of a nullable value is Value, and not of our types
        if (member.DeclaringType!.Assembly == typeof(object).Assembly) return;
        var key = (member.ReflectedType!, member.Name);
        var limits = _limits.TryGetValue(key, out var known) ? known : _limits[key] = [];
        if (isOfEach) limits = (limits["items"] ??= new JsonObject()).AsObject();
        foreach (var (name, limit) in Of(rule, isOfEach ? typeof(string) : member.PropertyType)) limits[name] = limit;
        // the narrower one says all
        if (limits["exclusiveMinimum"] is { } above && limits["minimum"] is { } least && Number(above) >= Number(least))
            limits.Remove("minimum");
    }

    static IEnumerable<(string Name, JsonNode? Limit)> Of(IPropertyValidator rule, Type type)
    {
        switch (rule)
        {
            case ILengthValidator length:
                if (length.Min > 0) yield return ("minLength", length.Min);
                if (length.Max > 0) yield return ("maxLength", length.Max);
                break;
            case INotEmptyValidator when type == typeof(string):
                yield return ("minLength", 1);
                break;
            case INotEmptyValidator when typeof(System.Collections.IEnumerable).IsAssignableFrom(type):
                yield return ("minItems", 1);
                break;
            case IRegularExpressionValidator pattern:
                yield return ("pattern", pattern.Expression.Replace(@"\A", "^", StringComparison.Ordinal)
                    .Replace(@"\z", "$", StringComparison.Ordinal));
                break;
            case IBetweenValidator { Name: "InclusiveBetweenValidator", From: int or decimal } between:
                yield return ("minimum", JsonValue.Create(between.From));
                yield return ("maximum", JsonValue.Create(between.To));
                break;
            case IComparisonValidator { ValueToCompare: int or decimal } compared when NameOf(compared.Comparison) is { } name:
                yield return (name, JsonValue.Create(compared.ValueToCompare));
                break;
        }
    }

    static string? NameOf(Comparison comparison) => comparison switch
    {
        Comparison.GreaterThan => "exclusiveMinimum",
        Comparison.GreaterThanOrEqual => "minimum",
        Comparison.LessThan => "exclusiveMaximum",
        Comparison.LessThanOrEqual => "maximum",
        _ => null,
    };

    static decimal Number(JsonNode node) => decimal.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a member is validated by: the library keeps it for itself.</summary>
    static IValidator ChildOf(IPropertyValidator adaptor)
    {
        var context = typeof(ValidationContext<>).MakeGenericType(adaptor.GetType().GenericTypeArguments[0]);
        return (IValidator)adaptor.GetType().GetMethod("GetValidator")!
            .Invoke(adaptor, [Activator.CreateInstance(context, [null]), null])!;
    }
}
