using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Mes.Postgres;

/// <summary>
/// The PostgreSQL programs of this platform, from the npm package that <c>package.json</c> names. They are looked for in the
/// system folder, the user's cache and a <c>node_modules</c> beside the program, and fetched by npm when none has them.
/// </summary>
/// <param name="Folder">The package's <c>native</c> folder.</param>
sealed record PostgresPrograms(string Folder)
{
    static readonly Lazy<string> VersionInPackageJson = new(ReadVersion);

    /// <summary>The npm version of the package; it begins with PostgreSQL's own.</summary>
    public static string Version => VersionInPackageJson.Value;

    public static string MajorVersion => Version.Split('.')[0];

    public string Initdb => Program("initdb");

    public string PgCtl => Program("pg_ctl");

    static string Platform { get; } = PlatformName() + "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    static string Package => "@embedded-postgres/" + Platform;

    static string FolderName => $"postgresql-{Version}-{Platform}";

    /// <summary>Finds the programs or installs them where <paramref name="account"/> can run them.</summary>
    /// <param name="options">Where to look.</param>
    /// <param name="account">Who runs them.</param>
    /// <param name="fallback">A folder for them where the user has no home to cache them in.</param>
    /// <param name="installing">Told the target before they are fetched, which may take a minute.</param>
    /// <exception cref="PostgresUnavailableException">They are nowhere, and npm could not fetch them.</exception>
    public static async Task<PostgresPrograms> FindOrInstallAsync(
        EmbeddedPostgresOptions options, ServerAccount account, string fallback, Action<string> installing)
    {
        var shared = Path.Combine(options.SystemFolder, FolderName);
        if (In(shared) is { } found && await account.CanEnterAsync(found.Folder)) return found;

        var cache = account.IsOther ? options.SystemFolder : UserCache(options, fallback);
        if (In(Path.Combine(cache, FolderName)) is { } cached) return cached;
        return await InstallAsync(cache, installing);
    }

    static PostgresPrograms? In(string package)
    {
        var native = Path.Combine(package, "native");
        return Directory.Exists(native) ? new PostgresPrograms(native) : null;
    }

    string Program(string name) => Path.Combine(Folder, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    static string UserCache(EmbeddedPostgresOptions options, string fallback)
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify);
        var cache = options.CacheFolder ?? (local.Length == 0 ? fallback : Path.Combine(local, "mes"));
        try
        {
            Directory.CreateDirectory(cache);
            return cache;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return fallback;
        }
    }

    // Prepared aside and renamed: a folder of the final name is always complete, also after a crash or beside a rival.
    static async Task<PostgresPrograms> InstallAsync(string cache, Action<string> installing)
    {
        UnixFiles.CreateFolder(cache, UnixFiles.OpenFolder);
        var target = Path.Combine(cache, FolderName);
        var staging = Path.Combine(cache, $".staging-{Guid.NewGuid():n}");
        UnixFiles.CreateFolder(staging, UnixFiles.ClosedFolder);
        try
        {
            installing(target);
            var package = Path.Combine(staging, "package");
            if (NodeModulesBeside() is { } local) UnixFiles.CopyTree(local, package);
            else await DownloadAsync(staging, package);
            LinkLibraries(package);
            UnixFiles.OpenTree(package);
            if (!TryMove(package, target) && !Directory.Exists(target))
                throw new PostgresUnavailableException($"PostgreSQL's programs cannot be moved to {target}.");
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }

        return In(target)!;
    }

    static bool TryMove(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A package that is already there: for machines without a network.</summary>
    static string? NodeModulesBeside()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var place in new[] { folder.FullName, Path.Combine(folder.FullName, "deploy", "Standalone") })
            {
                var package = Path.Combine(place, "node_modules", Package);
                if (PackageVersion(Path.Combine(package, "package.json")) == Version) return package;
            }
        }

        return null;
    }

    // npm does not fail when an optional package cannot be fetched: the folder tells.
    static async Task DownloadAsync(string staging, string package)
    {
        foreach (var name in new[] { "package.json", "package-lock.json" })
        {
            await using var file = File.Create(Path.Combine(staging, name));
            await Resource(name).CopyToAsync(file);
        }

        var answer = await NpmAsync(staging, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=warn");
        var fetched = Path.Combine(staging, "node_modules", Package);
        if (Directory.Exists(fetched)) Directory.Move(fetched, package);
        else throw new PostgresUnavailableException(
            $"npm could not fetch {Package} {Version}: {(answer.Length == 0 ? "no such package for this platform" : answer)}\n"
            + "Connect to the npm registry and start again, put the package in node_modules beside the program, "
            + "or give an external PostgreSQL.");
    }

    static async Task<string> NpmAsync(string folder, params string[] arguments)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", "npm", .. arguments])
            : new ProcessStartInfo("npm", arguments);
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["npm_config_cache"] = Path.Combine(folder, ".npm"); // works without a home that can be written
        try
        {
            using var npm = Process.Start(start)!;
            var text = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            return npm.ExitCode == 0 ? "" : string.Concat(text).Trim();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new PostgresUnavailableException(
                "npm was not found. Node.js 20 or later is needed once, to fetch PostgreSQL: install it from nodejs.org "
                + "or your distribution, or give an external PostgreSQL.", missing);
        }
    }

    // npm packages hold no symbolic links. The package lists the ones its libraries need, and its install script, which npm
    // may be told to ignore, makes them.
    static void LinkLibraries(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (OperatingSystem.IsWindows() || !File.Exists(list)) return;
        foreach (var link in JsonDocument.Parse(File.ReadAllText(list)).RootElement.EnumerateArray())
        {
            var file = Path.Combine(package, link.GetProperty("source").GetString()!);
            var name = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (Path.Exists(name)) continue;
            File.CreateSymbolicLink(name, Path.GetRelativePath(Path.GetDirectoryName(name)!, file));
        }
    }

    static string ReadVersion()
    {
        using var json = JsonDocument.Parse(Resource("package.json"));
        return json.RootElement.GetProperty("optionalDependencies").EnumerateObject().First().Value.GetString()!;
    }

    static string? PackageVersion(string file)
    {
        if (!File.Exists(file)) return null;
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return json.RootElement.GetProperty("version").GetString();
    }

    static Stream Resource(string name) => typeof(PostgresPrograms).Assembly.GetManifestResourceStream(name)!;

    static string PlatformName() =>
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
}
