using System.Diagnostics;
using System.Globalization;
using Mes.Tests.Support;

namespace Mes.Tests.Editions;

/// <summary>
/// A program of the solution in a process of its own. What it says goes to a log file, which a next start continues.
/// </summary>
public sealed class ServerProcess : IDisposable
{
    /// <summary>Names the test folder in the process's environment, by which the folder's end is the process's end.</summary>
    const string FolderVariable = "MES_TEST_FOLDER";

    static readonly TimeSpan StartBound = TimeSpan.FromMinutes(3);  // on a machine that is busy with other tests too
    static readonly TimeSpan EndBound = TimeSpan.FromMinutes(1);
    static readonly TimeSpan DeathBound = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LastWordsBound = TimeSpan.FromSeconds(5);
    static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    readonly Process _process;
    readonly StreamWriter _log;

    ServerProcess(Process process, string logFile)
    {
        _process = process;
        LogFile = logFile;
        _log = new StreamWriter(new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            AutoFlush = true
        };
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it said so far, and before.</summary>
    public string LogFile { get; }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a program.</summary>
    /// <param name="project">Its project file, relative to the solution.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Its environment, besides the tests' own.</param>
    /// <param name="folder">Its end is the process's end, whatever becomes of the tests.</param>
    /// <param name="logFile">Where it logs.</param>
    public static ServerProcess Start(
        string project, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, TestFolder folder,
        string logFile)
    {
        var program = BuiltProgram.Of(project);
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(program)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[FolderVariable] = folder.Path;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ServerProcess(Process.Start(start)!, logFile);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message carries the end of its log.</exception>
    public async Task BecomesHealthy(Uri address)
    {
        var ready = new Uri(address, "/health/ready");
        await Poll.Until(async () => _process.HasExited || (await Http.GetAsync(ready)).IsSuccessStatusCode, StartBound,
            $"{ready} (log: {LogFile})");
        if (!_process.HasExited) return;
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(LastWordsBound));     // what it said comes after its end
        throw new InvalidOperationException($"It ended with {_process.ExitCode} while it started:\n{LogTail()}");
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited) _process.Kill();
        // Not until its outputs end: a PostgreSQL that outlives it has them too.
        await Poll.Until(() => _process.HasExited, EndBound, $"process {Id} dies");
    }

    /// <summary>Asks it to end, in the way that Ctrl-C does.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> Interrupt() => Signal("INT");

    /// <summary>Asks it to end, in the way that a service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> Terminate() => Signal("TERM");

    /// <summary>Waits until something within it kills it.</summary>
    public Task Dies() => Poll.Until(() => _process.HasExited, DeathBound, $"process {Id} dies");

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Ends()
    {
        await _process.WaitForExitAsync().WaitAsync(EndBound);
        return _process.ExitCode;
    }

    /// <summary>The end of its log.</summary>
    public string LogTail()
    {
        const int Lines = 40;
        using var reader = new StreamReader(new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return string.Join('\n', reader.ReadToEnd().Split('\n').TakeLast(Lines));
    }

    /// <summary>Forgets the process; it must have ended.</summary>
    public void Dispose()
    {
        _process.Dispose();
        lock (_log) _log.Dispose();
    }

    async Task<int> Signal(string signal)
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-" + signal, Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
        return await Ends();
    }

    // Lines of both outputs come from several threads, the last ones possibly after the process was forgotten.
    void Write(string? line)
    {
        lock (_log)
        {
            if (line is not null && _log.BaseStream is { CanWrite: true }) _log.WriteLine(line);
        }
    }
}
