using System.Text.Json.Nodes;
using Mes.Scheduling.Cli;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Cli;

/// <summary>Files that are broken in every way: the command line tells what is wrong, and never falls over.</summary>
public sealed class HostileFileTests(ITestOutputHelper output) : IDisposable
{
    const int Mutants = 600;
    readonly InstanceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_damaged_model_is_solved_or_refused_with_its_reason()
    {
        var example = File.ReadAllText(CommandLineTests.ExampleFile("model.example.json"));
        var codes = new int[3];
        for (var seed = 0; seed < Mutants; seed++) codes[Solve(Damage(example, new Random(seed)), $"seed {seed}")]++;
        output.WriteLine($"{codes[0]} solved, {codes[1]} infeasible, {codes[2]} wrong");
        codes.Min().ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("2147483647 5\n1 2\n")]
    [InlineData("2 2000000000\n0 1 1 1\n0 1 1 1\n")]
    [InlineData("1 1\n-1\n")]
    [InlineData("1 1\n1 2147483647 0 5\n")]
    [InlineData("0 0\n")]
    [InlineData("1 1\n0 -5\n")]
    [InlineData("1 1\n7 5\n")]
    [InlineData("1 1\n0 99999999999\n")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"equipment\":[null],\"jobs\":[]}")]
    [InlineData("{\"equipment\":[],\"equipment\":[],\"jobs\":[]}")]
    [InlineData("{\"equipment\":[{}],\"jobs\":[]}")]
    [InlineData("{\"equipment\":[],\"jobs\":[],\"baseline\":{\"A\":null}}")]
    [InlineData("{\"equipment\":[],\"jobs\":[],\"objective\":{\"levels\":[null]}}")]
    [InlineData("{\"equipment\":[],\"jobs\":[],\"objective\":{\"levels\":[[null]]}}")]
    public void A_strange_file_is_told(string text) => Solve(text, text).ShouldBeInRange(1, 2);

    [Theory]
    [InlineData("{\"equipment\":[{\"id\":\"A\",\"foo\":3}],\"jobs\":[]}",
        "$.equipment[0].foo is unknown. Give one of id, calendar, setup, initialFamily.")]
    [InlineData("{\"equipment\":[{\"id\":7}],\"jobs\":[]}", "$.equipment[0].id is 7. Give a text in quotes.")]
    [InlineData("{\"equipment\":[],\"jobs\":[],\"frozenUntilSeconds\":3.5}",
        "$.frozenUntilSeconds is 3.5. Give a whole number from -2147483648 to 2147483647.")]
    [InlineData("{\"equipment\":[{}],\"jobs\":[]}", "$.equipment[0].id is missing. Give a text in quotes.")]
    [InlineData("{\"equipment\":[null],\"jobs\":[]}", "$.equipment[0] is null. Give an object.")]
    [InlineData("{\"equipment\":[],\"equipment\":[],\"jobs\":[]}", "$.equipment is there twice. Remove one.")]
    [InlineData("{\"equipment\":[],\"jobs\":[],\"baseline\":{\"A\":{\"equipmentId\":\"B\"}}}",
        "$.baseline.A.startSeconds is missing.")]
    [InlineData("{\"equipment\":[],\"jobs\":[],\"objective\":{\"levels\":[]}}",
        "$.objective.levels is empty. Give at least 1.")]
    [InlineData("{\"equipment\":[],\"jobs\":[],\"objective\":{\"levels\":[[{\"criterion\":\"speed\"}]]}}",
        "$.objective.levels[0][0].criterion is \"speed\". Give one of weightedTardiness, makespan,")]
    [InlineData("{\"equipment\":[],\n\"jobs\":[,]}", "$ is not JSON at line 2, byte 9.")]
    [InlineData("1 1\n7 5\n", "job 0 names machine 7. Give one from 0 to 0.")]
    [InlineData("1 2\n1 1 0 3\n0\n0\n", "job 0 names machine 0. Give one from 1 to 2.")]
    public void A_wrong_file_is_told_with_place_value_and_what_belongs_there(string text, string message)
    {
        var error = new StringWriter();
        CommandLine.Run(["solve", _folder.Write("model", text), "--seconds", "0"], new StringWriter(), error).ShouldBe(2);
        error.ToString().ShouldContain(message);
    }

    [Theory]
    [InlineData("null", "$ is null. Give a list.")]
    [InlineData("[null]", "$[0] is null. Give an object.")]
    [InlineData("[{}]", "$[0].job is missing. Give a whole number")]
    [InlineData("[{\"job\":\"x\"}]", "$[0].job is \"x\". Give a whole number")]
    [InlineData("[{\"job\":0,\"operation\":9,\"machine\":0,\"start\":0,\"end\":3}]", "The instance has no")]
    [InlineData("[{\"job\":-1,\"operation\":0,\"machine\":0,\"start\":0,\"end\":3}]", "The instance has no")]
    [InlineData("{", "$ is not JSON at line 1")]
    public void A_strange_plan_is_told(string plan, string message)
    {
        var (file, planFile) = (Path.Combine(_folder.Path, "instance.txt"), Path.Combine(_folder.Path, "plan.json"));
        File.WriteAllText(file, "1 1\n0 3\n");
        File.WriteAllText(planFile, plan);
        var error = new StringWriter();
        CommandLine.Run(["verify", file, planFile], new StringWriter(), error).ShouldBe(2);
        error.ToString().ShouldContain(message);
    }

    [Fact]
    public void A_model_without_work_has_an_empty_plan() =>
        Solve("""{"equipment":[],"jobs":[]}""", "empty").ShouldBe(0);

    int Solve(string text, string what)
    {
        var file = Path.Combine(_folder.Path, "model.json");
        File.WriteAllText(file, text);
        var (printed, error) = (new StringWriter(), new StringWriter());
        var code = CommandLine.Run(["solve", file, "--seconds", "0"], printed, error);
        code.ShouldBeInRange(0, 2, what);
        error.ToString().ShouldNotContain("   at ", Case.Sensitive, what);
        if (code > 0) error.ToString().ShouldNotBeNullOrWhiteSpace(what);
        return code;
    }

    static string Damage(string text, Random random)
    {
        if (random.Next(12) == 0) return text[..random.Next(text.Length)];
        var model = JsonNode.Parse(text)!;
        var nodes = Descendants(model).ToArray();
        for (var count = 1 + random.Next(2); count > 0; count--) Damage(nodes[random.Next(nodes.Length)], random);
        return model.ToJsonString();
    }

    static void Damage(JsonNode node, Random random)
    {
        if (node.Parent is null) return; // cut off by an earlier damage
        switch (node)
        {
            case JsonArray list when random.Next(2) == 0: list.Clear(); break;
            case JsonArray { Count: > 0 } list: list.Add(list[0]?.DeepClone()); break;
            case JsonObject item when random.Next(2) == 0: item.Remove(item.First().Key); break;
            default: node.ReplaceWith(Strange(random)); break;
        }
    }

    static JsonNode? Strange(Random random) => random.Next(8) switch
    {
        0 => JsonValue.Create(-1),
        1 => JsonValue.Create(0),
        2 => JsonValue.Create(int.MaxValue),
        3 => JsonValue.Create(1e300),
        4 => JsonValue.Create("nobody"),
        5 => JsonValue.Create(1 << 30),
        6 => new JsonObject(),
        _ => JsonValue.Create(7),
    };

    static IEnumerable<JsonNode> Descendants(JsonNode node)
    {
        var children = node switch
        {
            JsonObject item => item.Select(member => member.Value),
            JsonArray list => list,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(child => Descendants(child).Prepend(child));
    }
}
