using System.Diagnostics;

namespace Mes.Architecture.Tests;

/// <summary>Everything that Mes is built from is locked and listed with its licence.</summary>
public class LicenceTests
{
    [Fact]
    public void Every_project_is_locked() => Unlocked(Project.All).ShouldBeEmpty("run: dotnet restore Mes.sln --force-evaluate");

    [Fact]
    public void A_project_without_lock_is_found() => Unlocked([new Project("services/New/Mes.New.csproj", [], [])])
        .ShouldHaveSingleItem();

    [Fact]
    public async Task The_list_is_current()
    {
        var (code, differences) = await Check(new FileInfo(Path.Combine(Repository.Root, "deploy/licences")));
        code.ShouldBe(0, $"run: node deploy/licences\n{differences}");
    }

    [Fact]
    public async Task A_list_that_is_not_is_found()
    {
        var copy = Directory.CreateTempSubdirectory("mes-licences-");
        try
        {
            // nothing is locked here, so its list is empty
            await Git(copy.FullName);
            var script = copy.CreateSubdirectory("deploy").FullName + "/licences";
            File.Copy(Path.Combine(Repository.Root, "deploy/licences"), script);
            File.Copy(Path.Combine(Repository.Root, "deploy/LICENCES.md"), $"{copy.FullName}/deploy/LICENCES.md");
            var (code, differences) = await Check(new FileInfo(script));
            code.ShouldBe(1);
            differences.ShouldContain("- | Dapper |");
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    static IEnumerable<string> Unlocked(IEnumerable<Project> projects) => projects
        .Select(project => $"{project.Folder}packages.lock.json")
        .Where(file => !File.Exists(Path.Combine(Repository.Root, file)));

    static Task<(int, string)> Git(string folder) => Run(folder, "git", "init", "--quiet");

    static Task<(int Code, string Output)> Check(FileInfo script) =>
        Run(script.Directory!.FullName, "node", script.FullName, "--check");

    static async Task<(int Code, string Output)> Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
