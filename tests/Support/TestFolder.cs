using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Mes.Tests.Support;

/// <summary>
/// A folder for one test server that is gone at the end together with every process that works in it. What a killed test run
/// left is cleared by the next: a folder's owner holds a lock on a file that ends with it.
/// </summary>
public sealed class TestFolder : IDisposable
{
    static readonly string Root = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "mes-tests-" + Environment.UserName);
    static readonly Lazy<bool> Swept = new(Sweep);
    readonly FileStream _lock;

    TestFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder; other accounts may pass through it, not list it.</summary>
    public string Path { get; }

    /// <summary>Makes a folder, and clears those that killed runs left.</summary>
    /// <param name="purpose">The beginning of its name.</param>
    public static TestFolder Create(string purpose)
    {
        MakeTraversable(Root);
        _ = Swept.Value;
        var path = System.IO.Path.Combine(Root, $"{purpose}-{Guid.NewGuid():n}");
        var held = new FileStream(path + ".lock", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        MakeTraversable(path);
        return new TestFolder(path, held);
    }

    /// <summary>Kills (-9) every process whose command line, environment or working folder names this folder (Linux).</summary>
    public void KillProcesses() => KillProcesses(Path);

    /// <summary>Kills the folder's processes and deletes it.</summary>
    public void Dispose()
    {
        Clear(Path);
        _lock.Dispose();
    }

    static void MakeTraversable(string folder)
    {
        Directory.CreateDirectory(folder);
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        File.SetUnixFileMode(folder, Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    static bool Sweep()
    {
        foreach (var file in Directory.EnumerateFiles(Root, "*.lock"))
        {
            try
            {
                using var mine = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                Clear(file[..^".lock".Length]);
            }
            catch (IOException)
            {
                // its owner lives
            }
        }

        return true;
    }

    // The processes that were killed may still be writing: a few tries. What stays is cleared by the next run.
    static void Clear(string path)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            KillProcesses(path);
            try
            {
                if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
                File.Delete(path + ".lock");
                return;
            }
            catch (IOException)
            {
                // a process still writes there
            }
        }
    }

    static void KillProcesses(string path)
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(System.IO.Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid)) continue;
            if (pid != Environment.ProcessId && WorksIn(folder, path)) Kill(pid);
        }
    }

    static bool WorksIn(string process, string path)
    {
        try
        {
            return Names(process + "/cmdline", path) || Names(process + "/environ", path)
                || new FileInfo(process + "/cwd").LinkTarget?.StartsWith(path, StringComparison.Ordinal) == true;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static bool Names(string file, string path) =>
        Encoding.UTF8.GetString(File.ReadAllBytes(file)).Contains(path, StringComparison.Ordinal);

    static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // it ended by itself
        }
    }
}
