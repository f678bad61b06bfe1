using Mes.Faults.Tests.Load;
using Mes.Postgres;
using Mes.Tests.Support;
using Npgsql;

namespace Mes.Faults.Tests.Editions;

/// <summary>An installation that can be hurt: how to reach it, and how to look behind its scenes.</summary>
public abstract class Edition : IAsyncDisposable
{
    const string Superuser = "mes_admin";
    static readonly TimeSpan ReadyBound = TimeSpan.FromMinutes(3);

    /// <summary>The services that have a database with outbox, inbox and audit trail.</summary>
    public static IReadOnlyList<string> Databases { get; } =
        ["identity", "workorders", "scheduling", "quality", "inventory", "equipment"];

    public abstract Uri Gateway { get; }

    /// <summary>The API by a key that may do everything.</summary>
    public MesApi Api { get; private protected set; } = null!;

    protected abstract string AdminConnectionString { get; }

    /// <summary>Opens a service's database as administrator.</summary>
    public async Task<NpgsqlConnection> Open(string service)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(AdminConnectionString)
        {
            Database = "mes_" + service, Pooling = false, IncludeErrorDetail = true
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>How many messages the broker holds; none without one, where rows of an outbox go with their effects.</summary>
    public virtual Task<long> CountInBroker() => Task.FromResult(0L);

    /// <summary>Waits until gateway and all services answer.</summary>
    public Task WaitUntilReady() => Poll.Until(Api.IsReady, ReadyBound, "the edition answers again");

    /// <summary>Makes the key with which the tests work, from the one-time password of the first start.</summary>
    protected async Task SignIn(string oneTimePassword)
    {
        const string Password = "a long enough password";
        using var admin = new MesApi(Gateway);
        await admin.Do(HttpMethod.Post, "identity/sign-in", new { userName = "admin", password = oneTimePassword });
        await admin.Do(HttpMethod.Post, "identity/password", new { current = oneTimePassword, @new = Password });
        var key = await admin.Do(HttpMethod.Post, "identity/api-keys",
            new { name = "faults", roles = new[] { "administrator" } });
        Api = new MesApi(Gateway, (string)key!["secret"]!);
    }

    /// <summary>The administrator's connection string of an edition that runs its own PostgreSQL in a data folder.</summary>
    protected static string AdminOf(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "postgres");
        var pointer = Path.Combine(folder, "location");
        folder = File.Exists(pointer) ? File.ReadAllText(pointer).Trim() : folder;
        var secret = PostgresSecret.LoadOrCreate(Path.Combine(folder, "secret"));
        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = int.Parse(File.ReadAllLines(Path.Combine(folder, "pgdata", "postmaster.pid"))[3],
                System.Globalization.CultureInfo.InvariantCulture),
            Username = Superuser, Password = secret.PasswordOf(Superuser)
        }.ConnectionString;
    }

    /// <summary>The checkout's root.</summary>
    protected static string Root { get; } = FindRoot();

    /// <summary>A project's program, built in the same configuration as the tests.</summary>
    protected static string ProgramOf(string project, string program) => Path.Combine(
        Root, project, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", program);

    private protected static KillSwitch NewKillSwitch() => new(ProgramOf("tests/Faults/Hook", "Mes.Faults.Hook.dll"));

    public virtual ValueTask DisposeAsync()
    {
        Api?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mes.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in a checkout.");
        }
        return folder.FullName;
    }
}
