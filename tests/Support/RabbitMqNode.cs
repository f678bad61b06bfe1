using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Mes.Tests.Support;

/// <summary>
/// A private RabbitMQ node from the distribution's package (Linux), on loopback, with management, Prometheus and MQTT, that
/// can be stopped, killed and started again on its data. <see cref="SharedAsync"/> is the run's node, which no test kills.
/// </summary>
public sealed class RabbitMqNode : IAsyncDisposable
{
    /// <summary>
    /// Holds the run's node as <c>amqp://guest:guest@127.0.0.1:PORT</c>, or <c>none</c> where there cannot be one.
    /// </summary>
    public const string Variable = "MES_TEST_RABBITMQ";

    /// <summary>What a machine without the package is told.</summary>
    public const string Missing = "RabbitMQ is not installed: apt-get install rabbitmq-server";

    const int PortsUsed = 6; // AMQP, management, Prometheus, MQTT, distribution, epmd: in a row
    static readonly TimeSpan StartBound = TimeSpan.FromMinutes(3);
    static readonly TimeSpan StopBound = TimeSpan.FromMinutes(2);
    static readonly Lazy<Task<RabbitMqNode>> Shared = new(StartSharedAsync);

    readonly TestFolder? _folder;
    readonly HttpClient _management;

    RabbitMqNode(int port, TestFolder? folder)
    {
        (Port, _folder) = (port, folder);
        _management = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ManagementPort}/api/") };
        _management.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String("guest:guest"u8));
    }

    /// <summary>Whether a node can be had here: the run gives one, or the package is installed.</summary>
    public static bool IsAvailable => Environment.GetEnvironmentVariable(Variable) switch
    {
        "none" => false,
        { Length: > 0 } => true,
        _ => RabbitMqPackage.IsInstalled,
    };

    /// <summary>The AMQP port.</summary>
    public int Port { get; }

    /// <summary>The port of the management API and pages.</summary>
    public int ManagementPort => Port + 1;

    /// <summary>The port of the Prometheus metrics.</summary>
    public int PrometheusPort => Port + 2;

    /// <summary>The port of the MQTT plugin; its exchange is <c>amq.topic</c>.</summary>
    public int MqttPort => Port + 3;

    /// <summary>The node's default virtual host, as user guest.</summary>
    public Uri Uri => new($"amqp://guest:guest@127.0.0.1:{Port}");

    /// <summary>
    /// The node of this run, or else of this process: started at the first call, gone at the end. Skips where missing.
    /// </summary>
    public static Task<RabbitMqNode> SharedAsync() => Shared.Value;

    /// <summary>Starts a node of the caller's own; takes about ten seconds. Skips where the package is missing.</summary>
    /// <param name="port">The first of six free ports in a row; null finds them.</param>
    public static async Task<RabbitMqNode> StartAsync(int? port = null)
    {
        if (!RabbitMqPackage.IsInstalled) Assert.Skip(Missing);
        var folder = TestFolder.Create("rabbitmq");
        var node = new RabbitMqNode(port ?? FreePorts(), folder);
        try
        {
            await RabbitMqPackage.WriteConfigurationAsync(folder.Path, node.Port);
            await node.StartAgainAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty virtual host, so that suites that share a node do not meet.</summary>
    /// <returns>Its AMQP address.</returns>
    public async Task<Uri> CreateVirtualHostAsync(string name)
    {
        var host = $"{name}-{Guid.NewGuid():n}"[..Math.Min(name.Length + 9, 60)];
        using var made = await _management.PutAsync($"vhosts/{host}", null);
        made.EnsureSuccessStatusCode();
        var all = new { configure = ".*", write = ".*", read = ".*" };
        using var granted = await _management.PutAsJsonAsync($"permissions/{host}/guest", all);
        granted.EnsureSuccessStatusCode();
        return new Uri(Uri, host);
    }

    /// <summary>Deletes a virtual host with its queues.</summary>
    /// <param name="virtualHost">What <see cref="CreateVirtualHostAsync"/> returned.</param>
    public async Task DeleteVirtualHostAsync(Uri virtualHost)
    {
        using var deleted = await _management.DeleteAsync($"vhosts/{virtualHost.AbsolutePath.TrimStart('/')}");
        deleted.EnsureSuccessStatusCode();
    }

    /// <summary>
    /// How many messages its quorum queues hold, those that a consumer has and not acknowledged included; as of now, where
    /// the management's numbers are seconds old.
    /// </summary>
    public async Task<long> CountMessagesAsync() => long.Parse(
        await RabbitMqPackage.EvaluateAsync(Own.Path, Port,
            """
            lists:sum([begin {ok, {_, N}, _} = ra:local_query(amqqueue:get_pid(Q), fun rabbit_fifo:query_messages_total/1), N end
                       || Q <- rabbit_amqqueue:list(), amqqueue:get_type(Q) =:= rabbit_quorum_queue]).
            """), CultureInfo.InvariantCulture);

    /// <summary>Stops the node in good order; its data stays.</summary>
    public async Task StopAsync()
    {
        if (ReadPid() is { } pid) await RabbitMqPackage.SignalAsync("TERM", pid);
        await Poll.Until(() => !IsRunning && IsFree(Port), StopBound, $"RabbitMQ on port {Port} stops");
        Own.KillProcesses(); // epmd, which would stay
        await Poll.Until(() => Enumerable.Range(Port, PortsUsed).All(IsFree), StopBound, "its sockets are gone with it");
    }

    /// <summary>Kills the node (kill -9) and all its helpers; its data stays as it is.</summary>
    public async Task KillAsync()
    {
        await Poll.Until(KnowsItsQueues, StopBound, $"RabbitMQ on port {Port} has written down which queues it has");
        if (ReadPid() is { } pid) await RabbitMqPackage.SignalAsync("KILL", pid);
        Own.KillProcesses();
        // The system takes a killed process's memory before its sockets.
        await Poll.Until(() => !IsRunning && IsFree(Port), StopBound, $"RabbitMQ on port {Port} dies");
    }

    /// <summary>Starts the node on the data it has and waits until it accepts clients.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message carries the end of its log.</exception>
    public async Task StartAgainAsync()
    {
        var folder = Own.Path;
        var log = Path.Combine(folder, "log", $"n{Port}@localhost.log");
        var before = File.Exists(log) ? new FileInfo(log).Length : 0;
        using var wrapper = RabbitMqPackage.Launch(folder, Port);
        await Poll.Until(() => wrapper.HasExited
            || Tail(log, before).Contains("Server startup complete", StringComparison.Ordinal),
            StartBound, $"RabbitMQ on port {Port} starts");
        if (!wrapper.HasExited) return;
        var said = await File.ReadAllTextAsync(Path.Combine(folder, "log", "stdout"));
        throw new InvalidOperationException($"RabbitMQ on port {Port} ended: {said}\n{Tail(log, before)}");
    }

    /// <summary>Stops a node that this process started and deletes its data.</summary>
    public ValueTask DisposeAsync()
    {
        _management.Dispose();
        _folder?.Dispose(); // kills first: the data is not needed any more
        return ValueTask.CompletedTask;
    }

    TestFolder Own => _folder ?? throw new InvalidOperationException("the node belongs to the run: start one of your own");

    bool IsRunning => ReadPid() is { } pid && Directory.Exists($"/proc/{pid}")
        && Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline")).Contains($"n{Port}@", StringComparison.Ordinal);

    /// <summary>
    /// RabbitMQ 3.10 writes half a second late that a quorum queue exists. Killed before that, it finds the queue's log, but
    /// never elects its leader: nobody can consume from it any more, and no client can do anything about it.
    /// </summary>
    bool KnowsItsQueues()
    {
        var folder = Path.Combine(Own.Path, "mnesia", $"n{Port}@localhost", "quorum", $"n{Port}@localhost");
        var names = Path.Combine(folder, "names.dets");
        if (!File.Exists(names)) return true;
        using var stream = new FileStream(names, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var written = new StreamReader(stream, Encoding.Latin1).ReadToEnd();
        return Directory.GetDirectories(folder).All(queue => written.Contains(Path.GetFileName(queue), StringComparison.Ordinal));
    }

    int? ReadPid()
    {
        var file = Path.Combine(Own.Path, "pid");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }

    static string Tail(string file, long from)
    {
        if (!File.Exists(file)) return "";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(from, SeekOrigin.Begin);
        return new StreamReader(stream).ReadToEnd();
    }

    static async Task<RabbitMqNode> StartSharedAsync()
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (given == "none") Assert.Skip(Missing);
        if (!string.IsNullOrEmpty(given)) return new RabbitMqNode(new Uri(given).Port, null);
        var node = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => AtExit.Stop(node);
        return node;
    }

    static int FreePorts()
    {
        for (var first = 22000 + (Random.Shared.Next(400) * 10); first < 32000; first += 10)
            if (Enumerable.Range(first, PortsUsed).All(IsFree)) return first;
        throw new InvalidOperationException("no six free ports in a row between 22000 and 32000");
    }

    static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
