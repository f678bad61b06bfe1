using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Mes.Tests.Support;

/// <summary>
/// A folder for one test server that is gone at the end together with every process that works in it. What a killed test run
/// left is cleared by the next: a folder's owner holds a lock on a file that ends with it.
/// </summary>
public sealed class TestFolder : IDisposable
{
    static readonly string Root = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "mes-tests-" + Environment.UserName);
    static readonly TimeSpan DeathBound = TimeSpan.FromSeconds(5);
    static readonly Lazy<bool> Swept = new(Sweep);
    static readonly ConcurrentDictionary<TestFolder, bool> Live = new();
    static readonly List<PosixSignalRegistration> Signals = [];
    static volatile bool _ending;
    readonly FileStream _lock;

    TestFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder; other accounts may pass through it, not list it.</summary>
    public string Path { get; }

    /// <summary>Makes a folder, and clears those that killed runs left.</summary>
    /// <param name="purpose">The beginning of its name.</param>
    /// <exception cref="OperationCanceledException">The process is being ended.</exception>
    public static TestFolder Create(string purpose)
    {
        MakeTraversable(Root);
        _ = Swept.Value;
        if (_ending) throw new OperationCanceledException("the run is being ended");
        var path = System.IO.Path.Combine(Root, $"{purpose}-{Guid.NewGuid():n}");
        var held = new FileStream(path + ".lock", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        MakeTraversable(path);
        var folder = new TestFolder(path, held);
        Live[folder] = true;
        return folder;
    }

    /// <summary>Kills (-9) every process whose command line, environment or working folder names this folder (Linux).</summary>
    public void KillProcesses() => KillProcesses(Path);

    /// <summary>Kills the folder's processes and deletes it.</summary>
    public void Dispose()
    {
        if (!Live.TryRemove(this, out _)) return;
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

    // A suite that is told to end still ends its servers; the runtime raises no exit event for a signal.
    static void ClearAtTheEnd()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ClearAll();
        Signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => ClearAll()));
        Signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => ClearAll()));
    }

    static void ClearAll()
    {
        _ending = true; // the tests that still run must not begin anything new
        foreach (var folder in Live.Keys) folder.Dispose();
    }

    static bool Sweep()
    {
        ClearAtTheEnd();
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
                KillProcesses(path); // what a watcher started again meanwhile
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

    // A dead process that its parent has not waited for yet still has a number, but no memory.
    static bool IsAlive(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/status").Contains("VmRSS", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            SpinWait.SpinUntil(() => !IsAlive(pid), DeathBound);
        }
        catch (Exception gone) when (
            gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // it ended by itself
        }
    }
}
