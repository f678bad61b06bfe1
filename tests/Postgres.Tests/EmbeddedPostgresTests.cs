using Mes.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Postgres.Tests;

/// <summary>The server in this process: settings, data over restarts, the watch over it, and what is refused.</summary>
public sealed class EmbeddedPostgresTests : IDisposable
{
    static readonly TimeSpan RecoveryBound = TimeSpan.FromMinutes(2);
    readonly TestFolder _folder = TestFolder.Create("embedded");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_durable_has_room_for_all_services_and_listens_on_loopback_only()
    {
        await using var server = await StartAsync();
        (await Facts.ShowAsync(server.AdminConnectionString, "fsync")).ShouldBe("on");
        (await Facts.ShowAsync(server.AdminConnectionString, "max_connections")).ShouldBe("300");
        (await Facts.ShowAsync(server.AdminConnectionString, "listen_addresses")).ShouldBe("127.0.0.1");
        (await Facts.ShowAsync(server.AdminConnectionString, "unix_socket_directories")).ShouldBe("");
        (await Facts.ShowAsync(server.AdminConnectionString, "data_checksums")).ShouldBe("on");
        (await Facts.ShowAsync(server.AdminConnectionString, "server_version")).ShouldStartWith("18.");
    }

    [Fact]
    public async Task A_connection_without_the_right_password_is_refused()
    {
        await using var server = await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Password = "guessed", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        (await Should.ThrowAsync<PostgresException>(connection.OpenAsync()))
            .SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task The_secret_and_the_data_are_closed_to_other_accounts()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Unix permissions");
        await using var server = await StartAsync();
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileInfo(Path.Combine(server.Folder, "secret")).UnixFileMode.ShouldBe(OwnerOnly);
        new FileInfo(Path.Combine(server.Folder, "pgdata")).UnixFileMode.ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
        Directory.GetFiles(server.Folder, "*password*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_finds_the_data_on_the_same_port_under_the_same_password()
    {
        string first;
        await using (var server = await StartAsync())
        {
            first = server.AdminConnectionString;
            await Facts.WriteAsync(first, 1);
        }

        await using var again = await StartAsync();
        again.AdminConnectionString.ShouldBe(first);
        (await Facts.ReadAsync(first)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_remembered_port_that_another_program_took_is_left_to_it()
    {
        int port;
        await using (var server = await StartAsync()) port = server.Port;
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        other.Start();
        await using var again = await StartAsync();
        again.Port.ShouldNotBe(port);
        (await Facts.ShowAsync(again.AdminConnectionString, "port")).ShouldBe(again.Port.ToString());
    }

    [Fact]
    public async Task The_watch_outlives_whatever_goes_wrong_in_it()
    {
        await using var server = await EmbeddedPostgres.StartAsync(Options(), new FullDisk());
        var killed = server.ProcessId;
        using (var process = System.Diagnostics.Process.GetProcessById(killed)) process.Kill();
        await Poll.Until(() => server.ProcessId != killed, RecoveryBound, "it runs again");
        (await Facts.ShowAsync(server.AdminConnectionString, "port")).ShouldBe(server.Port.ToString());
    }

    /// <summary>A log that cannot be written the first time it is told that the server died.</summary>
    sealed class FullDisk : ILogger
    {
        bool _hasFailed;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId,
            TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 12 && !_hasFailed)
            {
                _hasFailed = true;
                throw new InvalidOperationException("No space left on device");
            }
        }
    }

    [Fact]
    public async Task When_the_server_is_killed_it_is_started_again_with_all_that_was_committed()
    {
        await using var server = await StartAsync();
        await Facts.WriteAsync(server.AdminConnectionString, 1);
        var (killed, port) = (server.ProcessId, server.Port);
        Shell.Kill(killed);

        await Poll.Until(async () => server.ProcessId != killed && (await Facts.ReadAsync(server.AdminConnectionString)) is [1],
            RecoveryBound, "the server recovers");
        server.Port.ShouldBe(port);
    }

    [Fact]
    public async Task It_recovers_every_time_it_is_killed()
    {
        await using var server = await StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            await Facts.WriteAsync(server.AdminConnectionString, number);
            var killed = server.ProcessId;
            Shell.Kill(killed);
            await Poll.Until(async () => server.ProcessId != killed
                && (await Facts.ReadAsync(server.AdminConnectionString)).Length == number,
                RecoveryBound, $"recovery {number}");
        }
    }

    [Fact]
    public async Task A_second_one_on_the_same_data_is_refused_and_does_no_harm()
    {
        await using var server = await StartAsync();
        var refused = await Should.ThrowAsync<PostgresUnavailableException>(StartAsync);
        refused.Message.ShouldContain("already in use");
        refused.Message.ShouldContain($"process {Environment.ProcessId}");
        (await Facts.ShowAsync(server.AdminConnectionString, "fsync")).ShouldBe("on");
    }

    [Fact]
    public async Task After_a_stop_nothing_runs_and_the_data_is_free()
    {
        var server = await StartAsync();
        var processId = server.ProcessId;
        await server.StopAsync();
        await server.StopAsync();
        Shell.IsAlive(processId).ShouldBeFalse();
        await using var next = await StartAsync();
        next.ProcessId.ShouldNotBe(processId);
    }

    [Fact]
    public async Task A_process_number_in_the_pid_file_that_is_now_anothers_does_not_stop_a_start()
    {
        string pgdata;
        await using (var server = await StartAsync())
        {
            pgdata = Path.Combine(server.Folder, "pgdata");
            await Facts.WriteAsync(server.AdminConnectionString, 1);
        }

        await File.WriteAllTextAsync(Path.Combine(pgdata, "postmaster.pid"),
            $"{Environment.ProcessId}\n{pgdata}\n1700000000\n21000\n\n127.0.0.1\n");
        await using var again = await StartAsync();
        (await Facts.ReadAsync(again.AdminConnectionString)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_pid_file_cut_short_by_a_crash_does_not_stop_a_start()
    {
        string pgdata;
        await using (var server = await StartAsync()) pgdata = Path.Combine(server.Folder, "pgdata");
        await File.WriteAllTextAsync(Path.Combine(pgdata, "postmaster.pid"), "");
        await using var again = await StartAsync();
        (await Facts.ShowAsync(again.AdminConnectionString, "fsync")).ShouldBe("on");
    }

    [Fact]
    public async Task Data_whose_making_was_interrupted_is_made_anew()
    {
        var left = Path.Combine(_folder.Path, "postgres", "initdb-interrupted");
        Directory.CreateDirectory(Path.Combine(left, "base"));
        await using var server = await StartAsync();
        Directory.Exists(left).ShouldBeFalse();
        (await Facts.ShowAsync(server.AdminConnectionString, "fsync")).ShouldBe("on");
    }

    [Fact]
    public async Task Data_of_another_major_version_is_refused_with_what_to_do()
    {
        string folder;
        await using (var server = await StartAsync()) folder = server.Folder;
        await File.WriteAllTextAsync(Path.Combine(folder, "pgdata", "PG_VERSION"), "17\n");
        (await Should.ThrowAsync<PostgresUnavailableException>(StartAsync)).Message.ShouldContain("PostgreSQL 17");
    }

    [Fact]
    public async Task A_setting_that_could_reach_the_shell_is_refused()
    {
        var options = Options() with { Settings = new Dictionary<string, string> { ["work_mem"] = "4MB'; touch /tmp/x; '" } };
        (await Should.ThrowAsync<PostgresUnavailableException>(EmbeddedPostgres.StartAsync(options, NullLogger.Instance)))
            .Message.ShouldContain("work_mem");
    }

    [Fact]
    public async Task A_setting_the_server_does_not_know_fails_the_start_with_the_servers_own_words()
    {
        var options = Options() with { Settings = new Dictionary<string, string> { ["no_such_setting"] = "1" } };
        (await Should.ThrowAsync<PostgresUnavailableException>(EmbeddedPostgres.StartAsync(options, NullLogger.Instance)))
            .Message.ShouldContain("unrecognized configuration parameter");
    }

    EmbeddedPostgresOptions Options() => new() { DataFolder = _folder.Path, FirstPort = 21100, SharedBuffersMebibytes = 128 };

    Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Options(), NullLogger.Instance);
}
