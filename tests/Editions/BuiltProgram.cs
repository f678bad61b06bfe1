namespace Mes.Tests.Editions;

/// <summary>Finds the programs of this solution as they were built with these tests.</summary>
public static class BuiltProgram
{
    /// <summary>The folder of Mes.sln.</summary>
    public static string SolutionFolder { get; } = FindSolution();

    /// <summary>The program of a project.</summary>
    /// <param name="project">The project file, relative to the solution.</param>
    /// <exception cref="FileNotFoundException">It has not been built in the configuration of these tests.</exception>
    public static string Of(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);       // …/bin/CONFIGURATION/FRAMEWORK
        var file = Path.Combine(
            SolutionFolder, Path.GetDirectoryName(project)!, "bin", output.Parent!.Name, output.Name,
            Path.GetFileNameWithoutExtension(project) + ".dll");
        return File.Exists(file) ? file : throw new FileNotFoundException($"Build {project} first: {file} is missing.");
    }

    static string FindSolution()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mes.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No Mes.sln above {AppContext.BaseDirectory}.");
    }
}
