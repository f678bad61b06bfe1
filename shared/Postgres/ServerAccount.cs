using System.Diagnostics;

namespace Mes.Postgres;

/// <summary>What a program answered.</summary>
sealed record ProgramOutput(int ExitCode, string Text);

/// <summary>
/// The account under which PostgreSQL's programs run. It is the one of this process, except as root: PostgreSQL refuses
/// to run as root, so that it runs under an account of its own.
/// </summary>
/// <param name="Name">The account's name in passwd.</param>
/// <param name="IsOther">Whether it is another account than the one of this process.</param>
sealed record ServerAccount(string Name, bool IsOther)
{
    static readonly string[] Candidates =
        OperatingSystem.IsMacOS() ? ["mes", "_postgres", "nobody"] : ["mes", "postgres", "nobody"];

    static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    static ServerAccount Self { get; } = new(Environment.UserName, IsOther: false);

    /// <summary>Takes the wanted account, else the first candidate this machine has.</summary>
    /// <exception cref="PostgresUnavailableException">None of the accounts exists here, or only root could use it.</exception>
    public static async Task<ServerAccount> ChooseAsync(string? wanted)
    {
        if (!IsRoot) return Self;
        foreach (var name in wanted is null ? Candidates : [wanted])
        {
            var id = await Self.RunAsync("id", ["-u", name], Path.GetTempPath());
            if (id.ExitCode == 0 && id.Text.Trim() != "0") return new ServerAccount(name, IsOther: true);
        }

        throw new PostgresUnavailableException(
            "PostgreSQL does not run as root, and none of these accounts exists here: "
            + $"{wanted ?? string.Join(", ", Candidates)}. "
            + "Make one (useradd --system mes), or start as an ordinary user.");
    }

    /// <summary>
    /// Whether the account can enter a folder. Asked of the system itself: modes alone do not tell (ACLs, mounts).
    /// </summary>
    public async Task<bool> CanEnterAsync(string folder) =>
        !IsOther || (await RunAsync("/bin/sh", ["-c", "cd \"$0\"", folder], "/")).ExitCode == 0;

    /// <summary>Makes the account the owner of a file or an empty folder.</summary>
    public async Task TakeOwnershipAsync(string path)
    {
        if (!IsOther) return;
        var chown = await Self.RunAsync("chown", [Name, path], "/");
        if (chown.ExitCode != 0) throw new PostgresUnavailableException($"cannot give {path} to {Name}: {chown.Text}");
    }

    /// <summary>Runs a program under the account and waits for its end.</summary>
    /// <param name="program">Path or name of the program.</param>
    /// <param name="arguments">Its arguments, unquoted.</param>
    /// <param name="folder">A working folder that the account can enter.</param>
    /// <param name="capture">False where a child of the program lives on and would keep the pipes open.</param>
    public async Task<ProgramOutput> RunAsync(
        string program, IReadOnlyList<string> arguments, string folder, bool capture = true)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = capture,
            RedirectStandardError = capture,
            UseShellExecute = false,
        };
        if (IsOther && !OperatingSystem.IsWindows()) start.UserName = Name;
        CleanEnvironment(start, folder);

        using var process = Process.Start(start)!;
        var text = capture
            ? await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()) : [];
        await process.WaitForExitAsync();
        return new ProgramOutput(process.ExitCode, string.Concat(text).Trim());
    }

    // A stray PGDATA, PGPORT or home of the caller must not reach the programs.
    void CleanEnvironment(ProcessStartInfo start, string folder)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        if (IsOther) start.Environment["HOME"] = folder;
    }
}
