using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Mes.Api.Tests;

/// <summary>What the XML comments say, of our own types in every project, whether public or not.</summary>
sealed partial class Texts
{
    readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <summary>Reads the files that the compiler has written beside the assemblies.</summary>
    public Texts()
    {
        foreach (var member in Directory.GetFiles(AppContext.BaseDirectory, "Mes.*.xml")
            .SelectMany(file => XDocument.Load(file).Descendants("member")))
        {
            // overloads share their texts: a handler has none, or one that says the same
            _members.TryAdd(((string)member.Attribute("name")!).Split('(')[0], member);
        }
    }

    /// <summary>What a type is.</summary>
    public string? Of(Type type) => type == typeof(NodaTime.IsoDayOfWeek) ? "A day of the week." : Summary($"T:{Name(type)}");

    /// <summary>What a method does.</summary>
    public string? Of(System.Reflection.MethodInfo method) => Summary(Name(method));

    /// <summary>What a parameter of a method means.</summary>
    public string? Of(System.Reflection.ParameterInfo parameter) =>
        Parameter(Name((System.Reflection.MethodInfo)parameter.Member), parameter.Name!);

    /// <summary>What a member means, of a record also where its parameter is described, and where it is inherited.</summary>
    public string? Of(System.Reflection.MemberInfo member)
    {
        for (var type = member.DeclaringType; type is not null && type != typeof(object); type = type.BaseType)
        {
            var kind = member is System.Reflection.FieldInfo ? 'F' : 'P';
            var text = Summary($"{kind}:{Name(type)}.{member.Name}") ?? Parameter($"T:{Name(type)}", member.Name);
            if (text is not null) return text;
        }
        return null;
    }

    /// <summary>The class of constants that a member, by its comment, has the value of one of, or null.</summary>
    public Type? KindsOf(System.Reflection.PropertyInfo member) => new[]
        {
            _members.GetValueOrDefault($"P:{Name(member.DeclaringType!)}.{member.Name}")?.Element("summary"),
            _members.GetValueOrDefault($"T:{Name(member.DeclaringType!)}")?.Elements("param")
                .FirstOrDefault(param => (string?)param.Attribute("name") == member.Name),
        }
        .SelectMany(text => text?.Elements("see") ?? []).Select(see => (string?)see.Attribute("cref"))
        .Where(reference => reference?.StartsWith("T:", StringComparison.Ordinal) == true)
        .Select(reference => member.DeclaringType!.Assembly.GetType(reference![2..]))
        .FirstOrDefault(type => type is { IsAbstract: true, IsSealed: true });

    string? Summary(string name) => Text(_members.GetValueOrDefault(name)?.Element("summary"));

    string? Parameter(string name, string parameter) => Text(_members.GetValueOrDefault(name)?.Elements("param")
        .FirstOrDefault(param => (string?)param.Attribute("name") == parameter));

    static string Name(System.Reflection.MethodInfo method) => $"M:{Name(method.DeclaringType!)}.{method.Name}"
        + (method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "");

    static string Name(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    static string? Text(XElement? element)
    {
        if (element is null) return null;
        var text = Blanks().Replace(string.Concat(element.Nodes().Select(Words)), " ").Trim();
        return text.Length == 0 ? null : text;
    }

    static string Words(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" or "seealso" } see => See(see),
        XElement { Name.LocalName: "paramref" } named => $"`{InJson((string)named.Attribute("name")!)}`",
        XElement other => " " + string.Concat(other.Nodes().Select(Words)) + " ",
        _ => ""
    };

    static string See(XElement see)
    {
        if ((string?)see.Attribute("cref") is not { } reference) return (string?)see.Attribute("langword") ?? see.Value;
        var name = reference.Split('(')[0].Split('.', ':')[^1].Split('`')[0];
        return $"`{(reference[0] == 'P' ? InJson(name) : name)}`";
    }

    static string InJson(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
