using System.Diagnostics;
using System.Globalization;
using Mes.Tests.Editions;
using Mes.Tests.Support;

namespace Mes.Faults.Tests.Editions;

/// <summary>The standalone edition as a process of its own, with its own PostgreSQL, in a throw-away data folder.</summary>
public sealed class StandaloneProcess : Edition
{
    static readonly TimeSpan StartBound = TimeSpan.FromMinutes(3);
    static readonly TimeSpan DeathBound = TimeSpan.FromMinutes(5);
    readonly TestFolder _folder = TestFolder.Create("standalone");
    readonly KillSwitch _switch = NewKillSwitch();
    readonly int _port = FreePort.Next();
    Process _process = null!;
    string? _admin;

    StandaloneProcess()
    {
    }

    public override Uri Gateway => new($"http://localhost:{_port}");

    protected override string AdminConnectionString => _admin ??= AdminOf(_folder.Path);

    /// <summary>Starts a new installation and signs in.</summary>
    public static async Task<StandaloneProcess> Install()
    {
        var edition = new StandaloneProcess();
        try
        {
            var password = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            await edition.Launch(password);
            await edition.SignIn(await password.Task.WaitAsync(StartBound));
            await edition.WaitUntilReady();
            return edition;
        }
        catch
        {
            await edition.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the process (-9) with whatever it is doing; PostgreSQL lives on until the next start.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
        await WaitForDeath();
    }

    /// <summary>Kills its PostgreSQL's main process (-9), without the edition being told.</summary>
    public void KillPostgres()
    {
        var pid = int.Parse(File.ReadAllLines(PostmasterFile())[0], CultureInfo.InvariantCulture);
        using var postgres = Process.GetProcessById(pid);
        postgres.Kill();
    }

    /// <summary>Has the process kill itself at a point.</summary>
    public void KillAt(KillPoint point) => _switch.Set(_process.Id, point);

    /// <summary>Waits until the process has been killed from within, by its <see cref="KillPoint"/>.</summary>
    // Not until its outputs end: the PostgreSQL that outlives it has them too.
    public Task WaitForDeath() => Poll.Until(() => _process.HasExited, DeathBound, "the edition's process dies");

    /// <summary>Starts it again on its data.</summary>
    public async Task Start()
    {
        await Launch(null);
        await WaitUntilReady();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await Kill();
        }
        await base.DisposeAsync();
        _process?.Dispose();
        _folder.Dispose();
        _switch.Dispose();
    }

    async Task Launch(TaskCompletionSource<string>? password)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var errors = new List<string>();
        var start = new ProcessStartInfo("dotnet",
        [
            ProgramOf("deploy/Standalone", "Mes.Standalone.dll"), "--data", _folder.Path,
            "--port", _port.ToString(CultureInfo.InvariantCulture), "--Gateway:RequestsPerSecond", "1000000"
        ])
        {
            WorkingDirectory = Path.GetDirectoryName(ProgramOf("deploy/Standalone", "Mes.Standalone.dll"))!,
            RedirectStandardOutput = true, RedirectStandardError = true
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in _switch.Environment)
        {
            start.Environment[name] = value;
        }
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Exited += (_, _) => started.TrySetException(
            new InvalidOperationException("The edition ended instead of starting:\n" + Log(errors)));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await started.Task.WaitAsync(StartBound);
        return;

        void Read(string? line)
        {
            Keep(line);
            if (line?.Contains("one-time password '", StringComparison.Ordinal) == true)
            {
                password?.TrySetResult(line.Split('\'')[3]);
            }
            if (line?.StartsWith("Mes runs at", StringComparison.Ordinal) == true)
            {
                started.TrySetResult();
            }
        }

        void Keep(string? line)
        {
            lock (errors)
            {
                errors.Add(line ?? "");
            }
        }
    }

    static string Log(List<string> lines)
    {
        lock (lines)
        {
            return string.Join('\n', lines.TakeLast(60));
        }
    }

    string PostmasterFile()
    {
        var pointer = Path.Combine(_folder.Path, "postgres", "location");
        var folder = File.Exists(pointer) ? File.ReadAllText(pointer).Trim() : Path.Combine(_folder.Path, "postgres");
        return Path.Combine(folder, "pgdata", "postmaster.pid");
    }
}
