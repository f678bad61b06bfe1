using System.Text.RegularExpressions;

namespace Mes.Architecture.Tests;

/// <summary>What the tracked files say, and what they must not.</summary>
public partial class TextTests
{
    /// <summary>Hosts that a file may name: this machine, parts of the system, public documentation and registries.</summary>
    static readonly string[] Hosts =
    [
        "localhost", "127.0.0.1", "0.0.0.0", "postgres", "rabbitmq", "gateway", "work-orders", "scheduling", "quality",
        "inventory", "equipment", "otel", "collector", "otel-collector", "nodejs.org", "dot.net", "registry.npmjs.org",
        "learn.microsoft.com", "aka.ms", "github.com", "www.w3.org", "json-schema.org", "json.schemastore.org",
        "www.rabbitmq.com", "www.postgresql.org", "opencollective.com", "www.rfc-editor.org", "data.4tu.nl",
        // where authors of packages ask for support, as lock files say
        "www.patreon.com", "feross.org", "tidelift.com", "eslint.org", "locize.com", "www.locize.com", "www.i18next.com"
    ];

    /// <summary>Names reserved for examples, which lead nowhere (RFC 2606).</summary>
    static readonly string[] ExampleEndings =
        [".example", ".test", ".invalid", ".local", ".localhost", "example.com", "example.org"];

    [GeneratedRegex(@"\b(TO" + @"DO|HA" + @"CK|FIX" + @"ME)\b")]
    private static partial Regex Promise();

    [GeneratedRegex(@"(?<scheme>https?)://(?<host>[A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9])")]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\w./])/(root|home/[a-z][\w-]*)/")]
    private static partial Regex HomeFolder();

    [Fact]
    public void Nothing_is_promised_in_a_comment() => Repository.Files.SelectMany(Promises).ShouldBeEmpty();

    [Theory]
    [InlineData("// TO" + "DO later")]
    [InlineData("# HA" + "CK")]
    [InlineData("/* FIX" + "ME: */")]
    public void A_promise_is_found(string text) => Promises(Seeded(text)).ShouldHaveSingleItem();

    [Fact]
    public void The_readme_names_the_two_commands()
    {
        var readme = Repository.Files.SingleOrDefault(file => file.Path == "README.md");
        readme.ShouldNotBeNull("README.md is missing: write it");
        MissingCommands(readme).ShouldBeEmpty();
    }

    [Fact]
    public void A_readme_without_them_is_found() => MissingCommands(Seeded("dotnet run")).Count().ShouldBe(2);

    [Fact]
    public void Only_known_hosts_are_named() => Repository.Files.SelectMany(UnknownHosts).ShouldBeEmpty();

    [Theory]
    [InlineData("\"resolved\": \"https://npm.mirror.intra/x.tgz\"")]
    [InlineData("<add key=\"feed\" value=\"http://10.1.2.3:8081/nuget\" />")]
    [InlineData("registry=http://mirror:4873/")]
    public void An_unknown_host_is_found(string text) => UnknownHosts(Seeded(text)).ShouldHaveSingleItem();

    [Fact]
    public void No_folder_of_one_machine_is_named() =>
        Repository.Files.SelectMany(file => Folders(file, AboveRoot)).ShouldBeEmpty();

    [Theory]
    [InlineData("cd /srv/here/x", "/srv/here/")]
    [InlineData("path = /home/ann/mes", "/nowhere/")]
    [InlineData("\"/ro" + "ot/.nuget\"", "/nowhere/")]
    public void A_folder_of_one_machine_is_found(string text, string aboveRoot) =>
        Folders(Seeded(text), aboveRoot).ShouldHaveSingleItem();

    [Theory]
    [InlineData("/api/orders/here/{id}")]
    [InlineData("api.MapPost(\"/here/{id:guid}\")")]
    public void A_part_of_an_address_is_no_folder(string text) => Folders(Seeded(text), "/here/").ShouldBeEmpty();

    static string AboveRoot => Path.GetDirectoryName(Repository.Root)!.TrimEnd('/') + "/";

    static IEnumerable<string> Promises(TrackedFile file) => Matches(file, line => Promise().Match(line).Value);

    static IEnumerable<string> UnknownHosts(TrackedFile file) => Matches(file, line => Address().Matches(line)
        .Select(match => match.Groups["host"].Value)
        .FirstOrDefault(host => !Hosts.Contains(host) && !ExampleEndings.Any(host.EndsWith) && host.Length > 1) ?? "");

    // Every machine has a folder for what passes: a checkout may lie there
    static IEnumerable<string> Folders(TrackedFile file, string aboveRoot) => Matches(file, line =>
        aboveRoot != Path.GetTempPath() && Begins(aboveRoot).IsMatch(line) ? aboveRoot : HomeFolder().Match(line).Value);

    /// <summary>Not within an address, nor before a part of one.</summary>
    static Regex Begins(string folder) => new(@"(?<![\w}])" + Regex.Escape(folder) + @"(?!\{)", RegexOptions.CultureInvariant);

    static IEnumerable<string> MissingCommands(TrackedFile readme) =>
        new[] { "dotnet run --project deploy/Standalone", "bash tests/run" }
            .Where(command => !readme.Text.Contains(command, StringComparison.Ordinal));

    static IEnumerable<string> Matches(TrackedFile file, Func<string, string> found)
    {
        if (file.Path == "tests/Architecture.Tests/TextTests.cs")
        {
            yield break;    // its seeds
        }
        foreach (var (line, index) in file.Lines.Select((line, index) => (line, index)))
        {
            if (found(line) is { Length: > 0 } what)
            {
                yield return $"{file.Path}({index + 1}): {what}";
            }
        }
    }

    static TrackedFile Seeded(string text) => new("Seeded.txt", text);
}
