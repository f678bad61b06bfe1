using System.Text.Json;
using System.Text.Json.Nodes;
using Mes.Scheduling.Cli;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Shouldly;
using Xunit;
using Mes.Scheduling.Files;

namespace Mes.Engine.Tests.Cli;

/// <summary>The command line on files, in process.</summary>
public sealed class CommandLineTests : IDisposable
{
    const string Enough = "300";        // each search ends with its proof, at once on a machine that is not busy
    readonly InstanceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("jsp", "2 2\n0 3 1 2\n1 4 0 1\n", 6)]
    [InlineData("fjsp", "2 2\n2 1 0 3 1 1 2\n2 2 0 9 1 4 1 0 1\n", 6)]
    [InlineData("fjsp-setup", "2 1\n1 1 1 3\n1 1 1 4\n0 5\n2 0\n", 9)]
    [InlineData("fjsp-setup", "2 2\n2 1 1 3 1 2 2\n2 1 1 4 1 2 1\n0 5\n1 0\n0 2\n3 0\n", 10)]
    [InlineData("auto", "2 1 1\n1 1 1 3\n1 1 1 4\n0 5\n2 0\n", 9)]
    [InlineData("auto", "2 2\n0 3 1 2\n1 4 0 1\n", 6)]
    public void Every_layout_is_solved_and_verified(string format, string text, int optimum)
    {
        var file = _folder.Write("instance.txt", text);
        var plan = Path.Combine(_folder.Path, "plan.json");
        var (code, result) = Run(
            "solve", file, "--format", format, "--seconds", Enough, "--workers", "1", "--out", plan);
        code.ShouldBe(0);
        result.GetProperty("objective").GetInt64().ShouldBe(optimum);
        result.GetProperty("feasible").GetBoolean().ShouldBeTrue();
        var (verified, check) = Run("verify", file, plan, "--format", format);
        verified.ShouldBe(0);
        check.GetProperty("objective").GetInt64().ShouldBe(optimum);
    }

    [Fact]
    public void A_damaged_plan_is_not_feasible()
    {
        var file = _folder.Write("instance.txt", "2 2\n0 3 1 2\n1 4 0 1\n");
        var plan = Path.Combine(_folder.Path, "plan.json");
        Run("solve", file, "--seconds", Enough, "--out", plan);
        File.WriteAllText(plan, File.ReadAllText(plan).Replace("\"start\":4", "\"start\":3", StringComparison.Ordinal));
        var (code, check) = Run("verify", file, plan);
        code.ShouldBe(1);
        check.GetProperty("feasible").GetBoolean().ShouldBeFalse();
        check.GetProperty("violations").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("3 1\n5 10\n9 1\n")]
    [InlineData("3 5 9\n1 10 1\n")]
    [InlineData("due;weight\n3;1\n5;10\n9;1\n")]
    [InlineData("1,3,1\n2,5,10\n3,9,1\n")]
    public void Due_dates_come_from_a_file(string due)
    {
        var file = _folder.Write("instance.txt", "3 1\n0 3\n0 3\n0 3\n");
        var (code, result) = Run(
            "solve", file, "--objective", "twt", "--due", _folder.Write("due.txt", due), "--seconds", Enough);
        code.ShouldBe(0);
        result.GetProperty("objective").GetInt64().ShouldBe(3, "the heavy job goes first");
    }

    [Theory]
    [InlineData("--workers 1.7", "--workers is a whole number, not 1.7.")]
    [InlineData("--seconds soon", "--seconds is at least 0, not 'soon'.")]
    [InlineData("--objective speed", "--objective is one of makespan, twt, not 'speed'.")]
    [InlineData("other.txt", "solve does not take 'other.txt'.")]
    [InlineData("--objective twt --seconds 0", "No job has a due date")]
    public void A_strange_call_says_why(string options, string message)
    {
        var error = new StringWriter();
        CommandLine.Run(["solve", _folder.Write("instance.txt", "1 1\n0 3\n"), .. options.Split(' ')],
            new StringWriter(), error);
        error.ToString().ShouldContain(message);
    }

    [Fact]
    public void The_example_uses_every_restriction_and_is_solved()
    {
        var example = ExampleFile("model.example.json");
        var model = ModelFile.Read(File.ReadAllText(example));
        ShouldUseEverything(model);
        var (code, result) = Run("solve", example, "--seconds", "1");
        code.ShouldBe(0);
        result.GetProperty("feasible").GetBoolean().ShouldBeTrue();
        ModelFile.Read(ModelFile.Write(model)).Compile().OperationCount.ShouldBe(model.Compile().OperationCount);
    }

    [Fact]
    public void The_schema_is_that_of_the_model()
    {
        var text = File.ReadAllText(ExampleFile("model.schema.json")).ReplaceLineEndings("\n").TrimEnd();
        text.ShouldBe(ModelFile.Schema().ReplaceLineEndings("\n"), "print it anew with the command schema");
    }

    [Fact]
    public void The_example_has_every_member_of_the_schema()
    {
        var schema = JsonNode.Parse(File.ReadAllText(ExampleFile("model.schema.json")))!;
        var example = JsonNode.Parse(File.ReadAllText(ExampleFile("model.example.json")))!;
        Members(schema).Count().ShouldBeGreaterThan(30);
        Members(schema).Except(Names(example)).ShouldBeEmpty();

        static IEnumerable<string> Members(JsonNode? node) => node is not JsonObject item ? [] :
        [
            .. (item["properties"] as JsonObject ?? []).SelectMany(member => Members(member.Value).Prepend(member.Key)),
            .. Members(item["items"]), .. Members(item["additionalProperties"]),
        ];

        static IEnumerable<string> Names(JsonNode? node) => node switch
        {
            JsonObject item => item.SelectMany(member => Names(member.Value).Prepend(member.Key)),
            JsonArray list => list.SelectMany(Names),
            _ => [],
        };
    }

    [Theory]
    [InlineData("{\"equipment\":[],\"jobs\":[],\"unknown\":1}")]
    [InlineData("{\"equipment\":[]}")]
    [InlineData("{\"equipment\":[],\"jobs\":[],\"objective\":{\"levels\":[]}}")]
    [InlineData("2 2\n0 3 1\n1 4 0 1\n")]
    [InlineData("5 2\n0 3 1 2\n")]
    [InlineData("2 2\n0 x 1 2\n1 4 0 1\n")]
    [InlineData("")]
    public void A_wrong_file_is_told(string text) => Run("solve", _folder.Write("wrong.txt", text)).Code.ShouldBe(2);

    [Theory]
    [InlineData("solve")]
    [InlineData("solve", "nowhere.txt")]
    [InlineData("solve", "x", "--nonsense", "1")]
    [InlineData("solve", "x", "--format", "xml")]
    [InlineData("jump")]
    public void A_wrong_call_is_told(params string[] args) => Run(args).Code.ShouldBe(2);

    [Fact]
    public void An_infeasible_model_is_refused_with_its_reason()
    {
        var error = new StringWriter();
        var file = _folder.Write("model.json", """
            {"equipment":[{"id":"M"}],"jobs":[{"id":"J","operations":[{"id":"A","alternatives":[]}]}]}
            """);
        CommandLine.Run(["solve", file], new StringWriter(), error).ShouldBe(1);
        error.ToString().ShouldContain("no-alternative (operation: A)");
    }

    [Fact]
    public void A_stream_ends_with_the_best_plan_when_its_parent_closes_the_input()
    {
        var model = new SchedulingModel
        {
            Equipment = [new Equipment("M")],
            Jobs = [.. Enumerable.Range(0, 30).Select(i => new Job($"J{i}", [new Operation($"O{i}",
                [new Alternative("M", 1 + i * 7 % 11)])]) { DueSeconds = 5 + i, Weight = 1 + i % 3 })],
            Objective = Objective.Lexicographic(Criterion.WeightedTardiness, Criterion.WorkInProcess),
        };
        var line = ModelFile.Write(model).ReplaceLineEndings(" ") + "\n";
        var output = new StringWriter();
        var session = new Session(new StringReader(line), output, TextWriter.Null, TimeSpan.Zero,
            CancellationToken.None);
        CommandLine.Run(["solve", "-", "--format", "model", "--stream", "--seconds", "600"], session).ShouldBe(0);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => JsonDocument.Parse(text).RootElement).ToArray();
        lines.ShouldNotBeEmpty();
        foreach (var plan in lines)
        {
            plan.GetProperty("feasible").GetBoolean().ShouldBeTrue();
            plan.GetProperty("plan").GetArrayLength().ShouldBe(30);
            plan.GetProperty("plan")[3].GetProperty("operationId").GetString().ShouldBe("O3");
        }
        lines[^1].GetProperty("seconds").GetDouble().ShouldBeLessThan(300);
    }

    [Fact]
    public void A_repair_for_a_parent_is_searched_for_also_when_its_time_is_over_at_once()
    {
        var model = new SchedulingModel
        {
            Equipment = [new Equipment("down"), new Equipment("up")],
            Jobs = [new Job("J", [new Operation("O", [new Alternative("down", 60), new Alternative("up", 60)])])
                { DueSeconds = 100 }],
            Breakdowns = [new Breakdown("down", new Window(0, 5_000))],
            Baseline = new Dictionary<string, Placement> { ["O"] = new("down", 0) },
            Objective = Objective.OfLevels([new ObjectiveTerm(Criterion.WeightedTardiness)]),
        };
        var output = new StringWriter();
        using var input = new OpenInput(ModelFile.Write(model).ReplaceLineEndings(" "));
        var session = new Session(input, output, TextWriter.Null, TimeSpan.FromMinutes(1), CancellationToken.None);
        CommandLine.Run(["solve", "-", "--format", "model", "--stream", "--repair", "--seconds", "0"], session)
            .ShouldBe(0);
        var last = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        JsonDocument.Parse(last).RootElement.GetProperty("plan")[0].GetProperty("equipmentId").GetString().ShouldBe("up");
    }

    /// <summary>One line from a parent process that then stays open until disposed.</summary>
    sealed class OpenInput(string line) : TextReader
    {
        readonly ManualResetEventSlim _closed = new();
        string? _line = line;

        public override string? ReadLine()
        {
            if (Interlocked.Exchange(ref _line, null) is { } first) return first;
            _closed.Wait();
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            _closed.Set();
            base.Dispose(disposing);
        }
    }

    static void ShouldUseEverything(SchedulingModel model)
    {
        var operations = model.Jobs.SelectMany(job => job.Operations).ToArray();
        model.Equipment.ShouldContain(item => item.Setup != null && item.InitialFamily != null);
        model.Equipment.ShouldContain(item => item.Calendar.OpenWindows.Count > 1);
        model.Resources.ShouldContain(item => item.HeldDuringPauses);
        model.Resources.ShouldContain(item => item.Calendar.OpenWindows.Count > 1);
        operations.ShouldContain(item => item.Alternatives.Count > 1);
        operations.ShouldContain(item => item.Splittable);
        operations.ShouldContain(item => item.Lock != null);
        operations.ShouldContain(item => item.Running != null);
        operations.ShouldContain(item => item.MaterialSeconds > 0);
        model.Jobs.ShouldContain(item => item.ReleaseSeconds > 0);
        model.Jobs.ShouldContain(item => item.DueSeconds != null && item.Weight > 1);
        model.Precedences.Select(item => item.Kind).Distinct().Count().ShouldBe(3);
        model.Precedences.ShouldContain(item => item.MaxLagSeconds != null);
        model.Breakdowns.ShouldNotBeEmpty();
        model.Baseline.ShouldNotBeEmpty();
        model.FrozenUntilSeconds.ShouldBeGreaterThan(0);
        model.Objective.Levels.Length.ShouldBeGreaterThan(1);
    }

    internal static string ExampleFile(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mes.sln"))) folder = folder.Parent;
        return Path.Combine(folder!.FullName, "services", "Scheduling", "Cli", name);
    }

    static (int Code, JsonElement Result) Run(params string[] args)
    {
        var output = new StringWriter();
        var code = CommandLine.Run(args, output, new StringWriter());
        var text = output.ToString();
        return (code, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
    }
}
