using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mes.Postgres;

/// <summary>What is remembered of a cluster between two runs.</summary>
/// <param name="Account">The account that owns the data and runs the server.</param>
/// <param name="Port">The loopback port.</param>
sealed record ClusterState(string Account, int Port);

/// <summary>
/// The folder of one PostgreSQL cluster: <c>pgdata</c> (the server's own), <c>secret</c>, <c>server.json</c>, <c>lock</c>.
/// It is <c>postgres</c> in the data folder. Where the account that runs the server cannot enter that (as root with the data
/// below a closed home), it lies in the system folder and the file <c>location</c> in <c>postgres</c> holds its path: opening
/// a home for others, or loosening the server's checks of who owns the data, would both be worse.
/// </summary>
sealed record Cluster(string Folder, ServerAccount Account)
{
    public string DataDirectory => Path.Combine(Folder, "pgdata");

    public string SecretFile => Path.Combine(Folder, "secret");

    public bool IsInitialized => File.Exists(Path.Combine(DataDirectory, "PG_VERSION"));

    string StateFile => StateFileIn(Folder);

    /// <summary>The folder in which the search starts and whose lock guards it; made when missing.</summary>
    public static string Entry(string dataFolder)
    {
        var entry = Path.Combine(Path.GetFullPath(dataFolder), "postgres");
        try
        {
            if (!Directory.Exists(entry)) UnixFiles.CreateFolder(entry, FolderMode);
            return entry;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PostgresUnavailableException($"The data folder {entry} cannot be made: {failure.Message}", failure);
        }
    }

    /// <summary>Finds the cluster of a data folder, or decides where a new one goes.</summary>
    public static async Task<Cluster> LocateAsync(string entry, EmbeddedPostgresOptions options)
    {
        var pointer = Path.Combine(entry, "location");
        var folder = File.Exists(pointer) ? (await File.ReadAllTextAsync(pointer)).Trim() : entry;
        var known = ReadState(folder);
        var account = await ServerAccount.ChooseAsync(known?.Account ?? options.Account);
        if (await account.CanEnterAsync(folder)) return new Cluster(folder, account);
        if (known is not null) throw Unreachable(folder, account);

        var outside = Outside(entry, options.SystemFolder);
        if (!await account.CanEnterAsync(outside)) throw Unreachable(outside, account);
        await File.WriteAllTextAsync(pointer, outside + "\n");
        return new Cluster(outside, account);
    }

    public ClusterState? ReadState() => ReadState(Folder);

    // Readable: where root runs the data of an ordinary user on another port, the file becomes root's, and the user reads it
    // next.
    public void WriteState(ClusterState state)
    {
        if (state == ReadState()) return;
        UnixFiles.WriteFile(StateFile, JsonSerializer.SerializeToUtf8Bytes(state), UnixFiles.ReadableFile);
    }

    // As root the folder stays root's, passable for the account: the account must not be able to swap files that root writes.
    static UnixFileMode FolderMode =>
        Environment.IsPrivilegedProcess ? UnixFiles.TraversableFolder : UnixFiles.ClosedFolder;

    static string Outside(string entry, string systemFolder)
    {
        if (!Directory.Exists(systemFolder)) UnixFiles.CreateFolder(systemFolder, UnixFiles.OpenFolder);
        var name = "postgres-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry)))[..16];
        var outside = Path.Combine(systemFolder, name);
        UnixFiles.CreateFolder(outside, FolderMode);
        return outside;
    }

    static string StateFileIn(string folder) => Path.Combine(folder, "server.json");

    static ClusterState? ReadState(string folder) =>
        File.Exists(StateFileIn(folder))
            ? JsonSerializer.Deserialize<ClusterState>(File.ReadAllBytes(StateFileIn(folder))) : null;

    static PostgresUnavailableException Unreachable(string folder, ServerAccount account) =>
        new($"PostgreSQL's data in {folder} cannot be reached by the account {account.Name} that owns and runs it. "
            + $"Let it pass through the folders above (chmod o+x), or start as {account.Name}.");
}
