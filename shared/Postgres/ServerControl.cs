using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Mes.Postgres;

/// <summary>Makes, starts and stops the server of one cluster. The caller holds the cluster's lock.</summary>
sealed partial class ServerControl(
    Cluster cluster, PostgresPrograms programs, EmbeddedPostgresOptions options, ILogger logger)
{
    /// <summary>The administrator's role inside the server.</summary>
    public const string Superuser = "mes_admin";

    const int LogLinesShown = 12;

    string StartLog => Path.Combine(cluster.DataDirectory, "start.log");

    /// <summary>Makes the data on the first start. It appears under its name only when it is complete.</summary>
    public async Task InitializeAsync(PostgresSecret secret)
    {
        foreach (var left in Directory.EnumerateDirectories(cluster.Folder, "initdb-*")) Directory.Delete(left, recursive: true);
        if (cluster.IsInitialized) { RefuseOtherVersion(); return; }

        LogInitializing(logger, cluster.DataDirectory);
        var draft = Path.Combine(cluster.Folder, $"initdb-{Guid.NewGuid():n}");
        var password = draft + ".password";
        UnixFiles.CreateFolder(draft, UnixFiles.ClosedFolder);
        await cluster.Account.TakeOwnershipAsync(draft);
        try
        {
            UnixFiles.WriteFile(
                password, System.Text.Encoding.ASCII.GetBytes(secret.PasswordOf(Superuser)), UnixFiles.PrivateFile);
            await cluster.Account.TakeOwnershipAsync(password);
            await RunInitdbAsync(draft, password);
        }
        finally
        {
            File.Delete(password);
        }

        Directory.Move(draft, cluster.DataDirectory);
    }

    /// <summary>
    /// Clears what a killed run left: stops a server that still runs on the data, so that none of its sessions, locks or old
    /// settings live on, and removes a <c>postmaster.pid</c> whose number is another process's by now.
    /// </summary>
    public async Task ClearLeftoversAsync()
    {
        if (Postmaster.Read(cluster.DataDirectory) is not { } left)
        {
            File.Delete(Postmaster.FileIn(cluster.DataDirectory));
            return;
        }

        if (left.Runs(cluster.DataDirectory))
        {
            LogOrphan(logger, left.ProcessId);
            await StopAsync();
        }
        else
        {
            LogCrashed(logger, left.ProcessId);
            File.Delete(Postmaster.FileIn(cluster.DataDirectory));
        }
    }

    /// <summary>Starts the server and waits until it accepts connections.</summary>
    /// <exception cref="PostgresUnavailableException">It did not start; the message carries the end of its log.</exception>
    public async Task<Postmaster> StartAsync(int port)
    {
        var seconds = ((int)options.StartTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        // pg_ctl detaches the server from the terminal: Ctrl-C must reach this process alone, which drains first.
        // On Windows the server would inherit the pipes and keep them open.
        var started = await cluster.Account.RunAsync(programs.PgCtl,
            ["start", "-D", cluster.DataDirectory, "-w", "-s", "-t", seconds, "-l", StartLog,
                "-o", ServerSettings.CommandLine(options, port)],
            cluster.Folder, capture: !OperatingSystem.IsWindows());
        if (started.ExitCode == 0 && Postmaster.Read(cluster.DataDirectory) is { } postmaster) return postmaster;
        throw new PostgresUnavailableException(
            $"PostgreSQL in {cluster.DataDirectory} did not start on port {port}: {started.Text}\n{await EndOfLogAsync()}");
    }

    /// <summary>Stops the server: sessions are ended and a checkpoint written; without one where that takes too long.</summary>
    public async Task StopAsync()
    {
        if (Postmaster.Read(cluster.DataDirectory) is not { } running || !running.Runs(cluster.DataDirectory)) return;
        if (await StopAsync("fast", options.StopTimeout) || await StopAsync("immediate", options.StopTimeout))
        {
            await running.EndsAsync(options.StopTimeout);
            return;
        }
        throw new PostgresUnavailableException($"PostgreSQL in {cluster.DataDirectory} does not stop.");
    }

    async Task<bool> StopAsync(string mode, TimeSpan timeout)
    {
        var seconds = ((int)timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var stopped = await cluster.Account.RunAsync(
            programs.PgCtl, ["stop", "-D", cluster.DataDirectory, "-w", "-s", "-m", mode, "-t", seconds], cluster.Folder);
        return stopped.ExitCode == 0 || Postmaster.Read(cluster.DataDirectory)?.Runs(cluster.DataDirectory) != true;
    }

    // The builtin locale compares and folds Unicode the same on every platform and in every later version.
    async Task RunInitdbAsync(string folder, string passwordFile)
    {
        List<string> arguments =
        [
            "-D", folder, "-U", Superuser, "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        ];
        if (!options.Durable) arguments.Add("--no-sync");
        var made = await cluster.Account.RunAsync(programs.Initdb, arguments, cluster.Folder);
        if (made.ExitCode != 0)
            throw new PostgresUnavailableException($"initdb failed for {cluster.Folder} as {cluster.Account.Name}: {made.Text}");
    }

    void RefuseOtherVersion()
    {
        var version = File.ReadAllText(Path.Combine(cluster.DataDirectory, "PG_VERSION")).Trim();
        if (version == PostgresPrograms.MajorVersion) return;
        throw new PostgresUnavailableException(
            $"The data in {cluster.DataDirectory} is of PostgreSQL {version}; "
            + $"this edition brings {PostgresPrograms.MajorVersion}. "
            + "Dump it with the old edition and restore it with this one.");
    }

    async Task<string> EndOfLogAsync()
    {
        var folder = Path.Combine(cluster.DataDirectory, "log");
        var newest = Directory.Exists(folder)
            ? new DirectoryInfo(folder).GetFiles().MaxBy(file => file.LastWriteTimeUtc)?.FullName : null;
        var lines = new List<string>();
        foreach (var file in new[] { StartLog, newest })
            if (File.Exists(file)) lines.AddRange((await File.ReadAllLinesAsync(file)).TakeLast(LogLinesShown));
        return string.Join('\n', lines);
    }

    [LoggerMessage(1, LogLevel.Information, "Making PostgreSQL's data in {Folder}")]
    static partial void LogInitializing(ILogger logger, string folder);

    [LoggerMessage(2, LogLevel.Warning,
        "PostgreSQL of a run that was killed is still there (process {ProcessId}): stopping it first")]
    static partial void LogOrphan(ILogger logger, int processId);

    [LoggerMessage(3, LogLevel.Warning,
        "PostgreSQL did not stop cleanly last time (process {ProcessId}): it recovers by its log")]
    static partial void LogCrashed(ILogger logger, int processId);
}
