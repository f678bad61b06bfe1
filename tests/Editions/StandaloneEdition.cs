using System.Diagnostics;
using System.Globalization;
using Mes.Tests.Support;

namespace Mes.Tests.Editions;

/// <summary>The standalone edition: one process on a data folder of its own, with a PostgreSQL that it starts itself.</summary>
public sealed class StandaloneEdition : Edition
{
    /// <summary>The part that is Mes itself.</summary>
    public const string Mes = "mes";

    /// <summary>The part that is its PostgreSQL, which Mes starts again by itself.</summary>
    public const string Database = "postgres";

    const string Project = "deploy/Standalone/Mes.Standalone.csproj";

    static readonly TimeSpan DatabaseBound = TimeSpan.FromMinutes(3);
    readonly int _port = FreePort.Next();
    string[] _options;
    ServerProcess? _process;
    int _killedDatabase;

    StandaloneEdition(string[] options) => _options = options;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Parts => [Mes, Database];

    /// <inheritdoc/>
    public override Uri Gateway => new($"http://localhost:{_port}");

    /// <summary>Where everything is kept.</summary>
    public string DataFolder => Path.Combine(Folder.Path, "data");

    private protected override string GatewayLog => LogOf(Mes);

    /// <summary>Starts it on an empty folder and waits until it is healthy.</summary>
    /// <param name="options">Options besides folder and port.</param>
    public static async Task<StandaloneEdition> Start(params string[] options)
    {
        var edition = new StandaloneEdition(options);
        try
        {
            await edition.Restart(Mes);
            return edition;
        }
        catch
        {
            await edition.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port that nobody listens on, for an option.</summary>
    public static int FindPort() => FreePort.Next();

    /// <inheritdoc/>
    public override async Task Kill(string part)
    {
        if (part == Database)
        {
            using var server = Process.GetProcessById(_killedDatabase = PostgresProcessId());
            server.Kill();
            return;
        }
        await _process!.Kill();
        Forget();
    }

    /// <summary>Stops all processes of its PostgreSQL where they are: they answer no more, and are not gone.</summary>
    public Task FreezeDatabase() => SignalDatabase("STOP");

    /// <summary>Lets a frozen PostgreSQL go on.</summary>
    public Task ThawDatabase() => SignalDatabase("CONT");

    /// <inheritdoc/>
    public override async Task Restart(string part)
    {
        if (part == Database)
        {
            await Poll.Until(() => PostgresProcessId() != _killedDatabase, DatabaseBound, "Mes starts its PostgreSQL again");
        }
        else
        {
            if (_process is not null) throw new InvalidOperationException($"{part} runs; kill it first");
            _process = Launch(DataFolder, _port, GatewayLog);
        }
        await _process!.BecomesHealthy(Gateway);
    }

    /// <summary>Starts it again, after it has ended, with other options.</summary>
    public Task StartAgain(params string[] options)
    {
        _options = options;
        return Restart(Mes);
    }

    /// <summary>Starts a second instance with the same options, which must end by itself.</summary>
    /// <param name="dataFolder">Its data; null takes the same.</param>
    /// <param name="port">Its port; null takes a free one.</param>
    /// <param name="options">Further options.</param>
    /// <returns>Its exit code and what it said.</returns>
    public async Task<(int ExitCode, string Said)> StartSecondInstance(
        string? dataFolder = null, int? port = null, string[]? options = null)
    {
        using var second = Launch(dataFolder ?? DataFolder, port ?? FreePort.Next(), LogOf("second"), options ?? []);
        var exitCode = await second.Ends();
        return (exitCode, second.LogTail());
    }

    /// <summary>Presses Ctrl-C and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> PressCtrlC()
    {
        var exitCode = await _process!.Interrupt();
        Forget();
        return exitCode;
    }

    /// <inheritdoc/>
    public override async Task StopAll()
    {
        if (_process is not null) await _process.Terminate();
        Forget();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_process is not null) await Kill(Mes);
        await base.DisposeAsync();
    }

    /// <summary>The main process of its PostgreSQL, by the file that PostgreSQL itself keeps.</summary>
    int PostgresProcessId()
    {
        var file = Directory.EnumerateFiles(DataFolder, "postmaster.pid", SearchOption.AllDirectories).Single();
        return int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);
    }

    async Task SignalDatabase(string signal)
    {
        var main = PostgresProcessId();
        // of the processes that serve its connections some may have ended meanwhile
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {main} && {{ kill -{signal} $(pgrep -P {main}); true; }}"]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"kill -{signal} ended with {kill.ExitCode}");
    }

    ServerProcess Launch(string data, int port, string log, params string[] options) => ServerProcess.Start(
        Project, ["--data", data, "--port", port.ToString(CultureInfo.InvariantCulture), .. _options, .. options],
        [KeyValuePair.Create("ASPNETCORE_ENVIRONMENT", "Production")], Folder, log);

    void Forget()
    {
        _process?.Dispose();
        _process = null;
    }
}
