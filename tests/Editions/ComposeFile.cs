using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Mes.Tests.Editions;

/// <summary>One of Mes's own services in docker-compose.yml.</summary>
/// <param name="Name">Its name, which is its host name too.</param>
/// <param name="Project">The project that its image is built from, relative to the solution.</param>
/// <param name="Environment">Its environment, variables replaced.</param>
/// <param name="DependsOn">The services that must be healthy before it starts, infrastructure among them.</param>
sealed record ComposeService(
    string Name, string Project, IReadOnlyDictionary<string, string> Environment, IReadOnlySet<string> DependsOn);

/// <summary>
/// Reads from docker-compose.yml what the launcher needs, the way Compose does: merge keys and variables resolved.
/// </summary>
static partial class ComposeFile
{
    /// <summary>The services that are built here, not pulled.</summary>
    /// <param name="text">The file.</param>
    /// <param name="variables">The variables it refers to.</param>
    /// <exception cref="InvalidOperationException">A variable that the file requires (<c>:?</c>) is missing.</exception>
    public static IReadOnlyList<ComposeService> Services(string text, IReadOnlyDictionary<string, string> variables)
    {
        var file = new DeserializerBuilder().Build()
            .Deserialize<Dictionary<object, object>>(new MergingParser(new YamlDotNet.Core.Parser(new StringReader(text))));
        return [.. Map(file["services"]).Where(service => Map(service.Value).ContainsKey("build"))
            .Select(service => Service((string)service.Key, Map(service.Value), variables))];
    }

    /// <summary>Replaces <c>${NAME}</c>, <c>${NAME:-default}</c> and <c>${NAME:?message}</c>.</summary>
    /// <exception cref="InvalidOperationException">A required variable is missing or empty.</exception>
    public static string Interpolate(string text, IReadOnlyDictionary<string, string> variables) =>
        Variable().Replace(text, match =>
        {
            var (name, kind, rest) = (match.Groups["name"].Value, match.Groups["kind"].Value, match.Groups["rest"].Value);
            var value = variables.GetValueOrDefault(name, "");
            return value.Length > 0 || kind.Length == 0 ? value
                : kind == ":-" ? rest
                : throw new InvalidOperationException($"docker-compose.yml needs {name}: {rest}");
        });

    static ComposeService Service(
        string name, Dictionary<object, object> service, IReadOnlyDictionary<string, string> variables) => new(
        name,
        (string)Map(Map(service["build"])["args"])["PROJECT"],
        Map(service["environment"]).ToDictionary(
            pair => (string)pair.Key, pair => Interpolate((string)pair.Value, variables)),
        Map(service["depends_on"]).Keys.Cast<string>().ToHashSet());

    static Dictionary<object, object> Map(object node) => (Dictionary<object, object>)node;

    [GeneratedRegex(@"\$\{(?<name>\w+)(?:(?<kind>:[-?])(?<rest>[^}]*))?\}")]
    private static partial Regex Variable();
}
