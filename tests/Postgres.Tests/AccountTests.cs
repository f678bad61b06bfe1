using System.Net;
using System.Net.Sockets;
using Mes.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mes.Postgres.Tests;

/// <summary>Who runs the server, and where the data then lies.</summary>
public sealed class AccountTests : IDisposable
{
    const string NeedsRoot = "needs root, which can become another account";
    readonly TestFolder _folder = TestFolder.Create("account");

    public void Dispose() => _folder.Dispose();

    static bool IsRoot => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    [Fact]
    public async Task Root_runs_the_server_under_an_account_of_its_own()
    {
        Assert.SkipUnless(IsRoot, NeedsRoot);
        await using var host = await HostProcess.StartAsync(_folder.Path);
        var owner = await Shell.RunAsync("stat", "-c", "%U", $"/proc/{host.Ready.ProcessId}");
        owner.ShouldNotBe("root");
        owner.ShouldBe(host.Ready.Account);
        host.Ready.Folder.ShouldBe(Path.Combine(_folder.Path, "postgres"));
    }

    [Fact]
    public async Task Below_a_closed_home_the_data_lies_in_the_system_folder_and_is_found_again_and_guarded()
    {
        Assert.SkipUnless(IsRoot, NeedsRoot);
        var (data, system) = (ClosedHome(), Path.Combine(_folder.Path, "system"));
        await using (var first = await HostProcess.StartAsync(data, ["--system", system]))
        {
            first.Ready.Folder.ShouldStartWith(system);
            (await File.ReadAllTextAsync(Path.Combine(data, "postgres", "location"))).Trim().ShouldBe(first.Ready.Folder);
            await Facts.WriteAsync(first.Ready.AdminConnectionString, 1);
            (await HostProcess.RefusedAsync(data)).ShouldContain("already in use");
        }

        await using var second = await HostProcess.StartAsync(data, ["--system", system]);
        (await Facts.ReadAsync(second.Ready.AdminConnectionString)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_copied_data_folder_cannot_start_a_second_server_on_the_data_it_points_to()
    {
        Assert.SkipUnless(IsRoot, NeedsRoot);
        var (data, system) = (ClosedHome(), Path.Combine(_folder.Path, "system"));
        await using var first = await HostProcess.StartAsync(data, ["--system", system]);
        var copy = Path.Combine(_folder.Path, "copy");
        await Shell.RunAsync("cp", "-r", data, copy);
        (await HostProcess.RefusedAsync(copy)).ShouldContain("already in use");
    }

    [Fact]
    public async Task An_ordinary_user_without_a_home_fetches_the_programs_and_runs_the_server()
    {
        Assert.SkipUnless(IsRoot, NeedsRoot);
        var (data, programs) = await ForNobodyAsync();
        string[] nothingInstalled = ["--system", Path.Combine(_folder.Path, "none")];
        string folder;
        await using (var first = await HostProcess.StartAsync(data, nothingInstalled, "nobody", programs))
        {
            folder = first.Ready.Folder;
            first.Ready.Account.ShouldBe("nobody");
            await Facts.WriteAsync(first.Ready.AdminConnectionString, 1);
            (await HostProcess.RefusedAsync(data)).ShouldContain("already in use"); // root too
        }

        Directory.GetDirectories(folder, "postgresql-*").Length.ShouldBe(1);
        await using var second = await HostProcess.StartAsync(data, nothingInstalled, "nobody", programs);
        (await Facts.ReadAsync(second.Ready.AdminConnectionString)).ShouldBe([1]);
    }

    [Fact]
    public async Task Data_of_root_is_refused_to_an_ordinary_user_with_the_reason()
    {
        Assert.SkipUnless(IsRoot, NeedsRoot);
        var (_, programs) = await ForNobodyAsync();
        var data = Path.Combine(_folder.Path, "roots");
        await using (await HostProcess.StartAsync(data)) { }
        (await HostProcess.RefusedAsync(data, "nobody", programs)).ShouldContain("belongs to another account");
    }

    [Fact]
    public async Task Data_of_an_ordinary_user_is_run_by_that_user_when_root_starts_it()
    {
        Assert.SkipUnless(IsRoot, NeedsRoot);
        var (data, programs) = await ForNobodyAsync();
        string[] apart = ["--port", "21500"];       // where no host of another test takes the port that this one lets go
        int port;
        await using (var first = await HostProcess.StartAsync(data, apart, "nobody", programs))
        {
            await Facts.WriteAsync(first.Ready.AdminConnectionString, 1);
            port = new NpgsqlConnectionStringBuilder(first.Ready.AdminConnectionString).Port;
        }

        using var taken = new TcpListener(IPAddress.Loopback, port); // root remembers another port, in a file of its own
        taken.Start();
        await using (var byRoot = await HostProcess.StartAsync(data, apart))
        {
            byRoot.Ready.Account.ShouldBe("nobody");
            (await Facts.ReadAsync(byRoot.Ready.AdminConnectionString)).ShouldBe([1]);
        }

        await using var again = await HostProcess.StartAsync(data, apart, "nobody", programs);
        (await Facts.ReadAsync(again.Ready.AdminConnectionString)).ShouldBe([1]);
    }

    string ClosedHome()
    {
        var home = Path.Combine(_folder.Path, "home");
        Directory.CreateDirectory(home);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(home, "data");
    }

    // The tests' output may itself lie in a home that is closed to nobody.
    async Task<(string Data, string Programs)> ForNobodyAsync()
    {
        var (data, programs) = (Path.Combine(_folder.Path, "nobodys"), Path.Combine(_folder.Path, "programs"));
        Directory.CreateDirectory(data);
        await Shell.RunAsync("chown", "nobody", data);
        await Shell.RunAsync("cp", "-r", AppContext.BaseDirectory, programs);
        await Shell.RunAsync("chmod", "-R", "a+rX", programs);
        return (data, programs);
    }
}
