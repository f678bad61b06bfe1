namespace Mes.Api.Tests;

/// <summary>What others make of the documents: a linter finds nothing, and a generated client compiles.</summary>
public sealed class ClientTests(Npm npm) : IClassFixture<Npm>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spectral_finds_nothing()
    {
        var (code, output) = await Lint([.. Documents.All.Select(Documents.FileOf)]);
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task Spectral_finds_an_operation_without_an_id()
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Documents.FileOf("quality"), Stop))!;
        document["paths"]!["/api/quality/holds"]!["get"]!.AsObject().Remove("operationId");
        var seeded = Path.Combine(npm.Folder, "seeded.json");
        await File.WriteAllTextAsync(seeded, document.ToJsonString(), Stop);
        var (code, output) = await Lint(seeded);
        code.ShouldBe(1);
        output.ShouldContain("operation-operationId");
    }

    [Fact]
    public async Task A_client_is_generated_and_compiles_and_a_wrong_use_does_not()
    {
        foreach (var name in Documents.All)
        {
            var (code, output) = await npm.Tool(
                "openapi-typescript", Documents.FileOf(name), "-o", $"{name}.d.ts", "--default-non-nullable=false");
            code.ShouldBe(0, output);
        }
        var (compiled, faults) = await npm.Tool("tsc", "--noEmit", "-p", "tsconfig.json");
        compiled.ShouldBe(0, faults);

        var (refused, found) = await npm.Tool("tsc", "--noEmit", "-p", "tsconfig.wrong.json");
        refused.ShouldNotBe(0);
        // each line of the file that is marked, and nothing else
        var wrong = (await File.ReadAllLinesAsync(Path.Combine(npm.Folder, "wrong.ts"), Stop)).Index()
            .Where(line => line.Item.Contains("// wrong", StringComparison.Ordinal))
            .Select(line => $"wrong.ts({line.Index + 1},");
        found.Split('\n').Where(line => line.StartsWith("wrong.ts(", StringComparison.Ordinal))
            .Select(line => line[..(line.IndexOf(',') + 1)]).Distinct().ShouldBe(wrong);
    }

    Task<(int Code, string Output)> Lint(params string[] files) =>
        npm.Tool("spectral", ["lint", "--ruleset", ".spectral.yaml", "--fail-severity", "warn", .. files]);
}
