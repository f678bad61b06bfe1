namespace Mes.Postgres;

/// <summary>Files and folders with explicit permissions, whatever the umask; on Windows the inherited ones stay.</summary>
static class UnixFiles
{
    const UnixFileMode Executes = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>0600.</summary>
    public const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0644.</summary>
    public const UnixFileMode ReadableFile = PrivateFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>0700.</summary>
    public const UnixFileMode ClosedFolder = PrivateFile | UnixFileMode.UserExecute;

    /// <summary>0711: others may pass through to what they know by name, not list.</summary>
    public const UnixFileMode TraversableFolder = PrivateFile | Executes;

    /// <summary>0755.</summary>
    public const UnixFileMode OpenFolder = ReadableFile | Executes;

    public static void CreateFolder(string path, UnixFileMode mode)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    /// <summary>Writes a file through to the disk, and never half; before its mode is set only its owner may read it.</summary>
    public static void WriteFile(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateFile;
        using (var file = new FileStream(draft, options))
        {
            file.Write(content);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, mode);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Lets every account read a tree and run its programs, and none but the owner change it.</summary>
    public static void OpenTree(string root)
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(root, OpenFolder);
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (entry.LinkTarget is not null) continue;
            var runs = entry is DirectoryInfo || entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
            entry.UnixFileMode = runs ? OpenFolder : ReadableFile;
        }
    }

    public static void CopyTree(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link) File.CreateSymbolicLink(target, link);
            else if (entry is DirectoryInfo) CopyTree(entry.FullName, target);
            else File.Copy(entry.FullName, target);
        }
    }
}
