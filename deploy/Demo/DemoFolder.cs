using System.Text.Json;

namespace Mes.Demo;

/// <summary>
/// The mark of a demo in a data folder: a file that is written before anything else is, so that no folder with other data
/// ever gets one. It keeps what a start needs of the ones before.
/// </summary>
public sealed class DemoFolder
{
    const string FileName = "demo.json";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    readonly string _file;

    DemoFolder(string folder, Content content) => (_file, Kept) = (FileOf(folder), content);

    /// <summary>What the file says.</summary>
    internal Content Kept { get; private set; }

    /// <summary>The mark of a folder, or null where its data are not a demo's.</summary>
    public static DemoFolder? Find(string folder) => File.Exists(FileOf(folder))
        ? new DemoFolder(folder, JsonSerializer.Deserialize<Content>(File.ReadAllText(FileOf(folder)), Json)!)
        : null;

    /// <summary>The mark of a folder; one that is empty or not there gets its own.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="now">When the demo begins, where it is new.</param>
    /// <exception cref="IOException">There are data in it that are not a demo's.</exception>
    public static DemoFolder OpenOrMark(string folder, DateTimeOffset now)
    {
        if (Find(folder) is { } known) return known;
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"the data in {folder} are not a demo's, and the demo writes into no others. "
                + "Start without --demo, or give the demo a folder of its own with --data.");
        }
        Directory.CreateDirectory(folder);
        var marked = new DemoFolder(folder, new Content(now));
        marked.Keep(content => content);
        return marked;
    }

    /// <summary>Keeps the one-time password of the first administrator, by which the demo signs in.</summary>
    public void KeepPassword(string password) => Keep(content => content with { OneTimePassword = password });

    /// <summary>Changes what the file says; a crash leaves the old or the new.</summary>
    internal void Keep(Func<Content, Content> change)
    {
        Kept = change(Kept);
        var next = _file + ".new";
        File.WriteAllText(next, JsonSerializer.Serialize(Kept, Json));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(next, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(next, _file, overwrite: true);
    }

    static string FileOf(string folder) => Path.Combine(folder, FileName);

    /// <summary>What is kept.</summary>
    /// <param name="BegunAt">When the demo began: its week of history ends here.</param>
    /// <param name="OneTimePassword">The administrator's first password, until it is changed.</param>
    /// <param name="Key">The API key of the demo, or null while it has none.</param>
    /// <param name="MadeAt">When the plant was complete, or null.</param>
    internal sealed record Content(
        DateTimeOffset BegunAt, string? OneTimePassword = null, string? Key = null, DateTimeOffset? MadeAt = null);
}
