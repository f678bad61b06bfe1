namespace Mes.Engine.Tests;

/// <summary>A folder of instances for one test, which goes with it.</summary>
sealed class InstanceFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mes-instances-").FullName;

    /// <summary>Writes a file, in a folder below if its name says so; its path.</summary>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
