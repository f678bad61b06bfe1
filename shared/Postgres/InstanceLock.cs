using System.Globalization;

namespace Mes.Postgres;

/// <summary>
/// Lets one process at a time use a folder. The lock is the operating system's on an open file (flock): it ends with the
/// process, however that ends, and is never stale.
/// </summary>
sealed class InstanceLock : IDisposable
{
    readonly FileStream _file;

    InstanceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a folder.</summary>
    /// <exception cref="PostgresUnavailableException">Another process has it, or the folder belongs to another
    /// account.</exception>
    public static InstanceLock Take(string folder)
    {
        var path = Path.Combine(folder, "lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // In a file of its own: the locked one cannot be read by the process that is refused.
            File.WriteAllText(HolderFile(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new InstanceLock(file);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new PostgresUnavailableException(
                $"The data in {folder} belongs to another account than {Environment.UserName}. "
                + "Start under the account that made it, or choose another data folder.", denied);
        }
        catch (IOException busy) when (busy is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new PostgresUnavailableException(
                $"The data in {folder} is already in use by another running instance (process {Holder(folder)}). "
                + "Stop that one first, or choose another data folder.", busy);
        }
    }

    public void Dispose() => _file.Dispose();

    static string HolderFile(string folder) => Path.Combine(folder, "host.pid");

    static string Holder(string folder)
    {
        try
        {
            return File.ReadAllText(HolderFile(folder));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }
}
