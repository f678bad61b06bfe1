using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mes.Tests.Servers;
using Mes.Tests.Support;

namespace Mes.Postgres.Tests;

/// <summary>A process of its own that hosts a PostgreSQL, under any account, and can be killed.</summary>
sealed class HostProcess : IAsyncDisposable
{
    static readonly TimeSpan StartBound = TimeSpan.FromMinutes(2); // the first one may fetch the programs
    readonly Process _process;
    readonly Task<string> _errors;

    HostProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public int Id => _process.Id;

    /// <summary>What it said when its server was ready.</summary>
    public PostgresReady Ready { get; private set; } = null!;

    /// <summary>Starts it and waits until its server is ready.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="options">Further options of the host.</param>
    /// <param name="account">Another account to run it under (as root); its home does not exist.</param>
    /// <param name="programs">Where the host's program lies; null takes the tests' own output.</param>
    public static async Task<HostProcess> StartAsync(
        string data, string[]? options = null, string? account = null, string? programs = null)
    {
        var host = new HostProcess(Launch(data, options ?? [], account, programs ?? AppContext.BaseDirectory));
        var line = await host._process.StandardOutput.ReadLineAsync().WaitAsync(StartBound);
        host.Ready = line is null
            ? throw new InvalidOperationException(await host._errors)
            : JsonSerializer.Deserialize<PostgresReady>(line)!;
        return host;
    }

    /// <summary>Starts one that is expected to refuse; returns what it said.</summary>
    public static async Task<string> RefusedAsync(string data, string? account = null, string? programs = null)
    {
        await using var host = new HostProcess(Launch(data, [], account, programs ?? AppContext.BaseDirectory));
        await host._process.WaitForExitAsync().WaitAsync(StartBound);
        return host._process.ExitCode == 1 ? await host._errors : throw new InvalidOperationException("it was not refused");
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What Ctrl-C in a terminal does: an interrupt to every process of the group.</summary>
    public async Task<int> InterruptGroupAsync()
    {
        await Shell.RunAsync("kill", "-INT", "--", "-" + Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync().WaitAsync(StartBound);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.StandardInput.Close(); // its order to stop
        await _process.WaitForExitAsync().WaitAsync(StartBound);
        _process.Dispose();
    }

    static Process Launch(string data, string[] options, string? account, string programs)
    {
        string[] host = ["dotnet", Path.Combine(programs, "Mes.Tests.Servers.dll"), "postgres", "--data", data, .. options];
        string[] command = account is null ? ["setsid", .. host]
            : ["setsid", "setpriv", $"--reuid={account}", "--regid=nogroup", "--clear-groups", "env", "HOME=/nonexistent",
                .. host];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}

/// <summary>Small system commands that .NET has no call for.</summary>
static class Shell
{
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} failed");
    }

    /// <summary>Whether a process runs; one that is dead but that nobody has waited for yet does not.</summary>
    public static bool IsAlive(int processId)
    {
        var status = $"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status";
        return File.Exists(status) && !File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
    }

    public static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }
}
