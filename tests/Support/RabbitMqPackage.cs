using System.Diagnostics;
using System.Globalization;

namespace Mes.Tests.Support;

/// <summary>How the distribution's RabbitMQ is run beside, and apart from, the machine's own node.</summary>
static class RabbitMqPackage
{
    const string Installed = "/usr/lib/rabbitmq/lib";

    // As root the node runs as the package's own account.
    static readonly string? Account = Environment.IsPrivilegedProcess ? "rabbitmq" : null;

    public static bool IsInstalled => Directory.Exists(Installed);

    public static async Task WriteConfigurationAsync(string folder, int port)
    {
        foreach (var name in new[] { "mnesia", "log", "home" }) Directory.CreateDirectory(Path.Combine(folder, name));
        await File.WriteAllTextAsync(Path.Combine(folder, "enabled_plugins"),
            "[rabbitmq_management,rabbitmq_mqtt,rabbitmq_prometheus].\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {port + 1}
            prometheus.tcp.ip = 127.0.0.1
            prometheus.tcp.port = {port + 2}
            mqtt.listeners.tcp.1 = 127.0.0.1:{port + 3}
            mqtt.exchange = amq.topic
            vm_memory_high_watermark.absolute = 1GB
            disk_free_limit.absolute = 50MB

            """);
        if (Account is not null) await RunAsync("chown", "-R", $"{Account}:", folder);
    }

    /// <summary>Starts the node in a session of its own: Ctrl-C in the tests' terminal must not reach it.</summary>
    public static Process Launch(string folder, int port) => Process.Start(Command(
        folder, port, "setsid", "sh", "-c", "exec \"$0\" >log/stdout 2>&1 </dev/null", Script("rabbitmq-server")))!;

    /// <summary>
    /// Has the node evaluate an Erlang expression. By a program of Erlang's own package, where rabbitmqctl boots a whole Erlang
    /// system, two seconds of a core.
    /// </summary>
    /// <exception cref="InvalidOperationException">It did not; the message carries what it said.</exception>
    public static async Task<string> EvaluateAsync(string folder, int port, string expression)
    {
        var command = Command(folder, port, "erl_call", "-n", NodeName(port), "-e");
        (command.RedirectStandardInput, command.RedirectStandardOutput, command.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(command)!;
        await process.StandardInput.WriteLineAsync(expression);      // read by lines
        process.StandardInput.Close();
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return said[0].Trim() is ['{', 'o', 'k', ',', .. var value, '}']
            ? value.Trim()
            : throw new InvalidOperationException(string.Concat(said));
    }

    public static Task SignalAsync(string signal, int pid) =>
        RunAsync("kill", "-" + signal, pid.ToString(CultureInfo.InvariantCulture));

    static IEnumerable<(string Name, string Value)> Variables(string folder, int port) =>
    [
        ("HOME", $"{folder}/home"),
        ("RABBITMQ_NODENAME", NodeName(port)),
        ("RABBITMQ_MNESIA_BASE", $"{folder}/mnesia"),
        ("RABBITMQ_LOG_BASE", $"{folder}/log"),
        ("RABBITMQ_CONFIG_FILE", $"{folder}/rabbitmq.conf"),
        ("RABBITMQ_ENABLED_PLUGINS_FILE", $"{folder}/enabled_plugins"),
        ("RABBITMQ_PID_FILE", $"{folder}/pid"),
        ("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
        ("RABBITMQ_DIST_PORT", (port + 4).ToString(CultureInfo.InvariantCulture)),
        // threads that find nothing to do sleep at once: they share the cores with all else, as in docker-compose.yml
        ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
            "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none"),
        ("ERL_EPMD_PORT", (port + 5).ToString(CultureInfo.InvariantCulture)),
        ("ERL_EPMD_ADDRESS", "127.0.0.1"),
    ];

    static ProcessStartInfo Command(string folder, int port, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false };
        if (Account is not null && !OperatingSystem.IsWindows()) start.UserName = Account;
        foreach (var (name, value) in Variables(folder, port)) start.Environment[name] = value;
        return start;
    }

    static string NodeName(int port) => $"n{port}@localhost";

    static string Script(string name) =>
        Path.Combine(Directory.EnumerateDirectories(Installed, "rabbitmq_server-*").Max()!, "sbin", name);

    // A process that is gone already is no failure: what counts is polled afterwards.
    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
    }
}
