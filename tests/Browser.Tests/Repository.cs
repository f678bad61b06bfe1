namespace Mes.Browser.Tests;

static class Repository
{
    /// <summary>The top folder, where the solution lies.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Mes.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
