using System.Diagnostics;
using System.Globalization;
using Mes.Tests.Editions;
using Mes.Tests.Support;

namespace Mes.Benchmarks;

/// <summary>An nginx of this benchmark's own on a free port, two workers.</summary>
sealed class Nginx : IDisposable
{
    readonly Process _process;

    Nginx(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>What the machine lacks for the comparison, or null.</summary>
    public static string? Missing =>
        string.Join(' ', new[] { "nginx", "wrk" }.Where(program => !Programs(program).Any(File.Exists))) switch
        {
            "" => null,
            var missing => $"Not installed: {missing}. To get what is missing: apt-get install {missing}"
        };

    /// <summary>Answers every request with the same small JSON.</summary>
    public static Task<Nginx> Answering(TestFolder folder) => Start(folder, "backend", "", """
        default_type application/json;
        return 200 '{"items":[{"code":"M1","name":"Lathe 1","workCenter":"Turning","kind":"Production",
        "state":"Running","since":"2026-01-01T06:00:00+00:00"},{"code":"M2","name":"Lathe 2","workCenter":"Turning",
        "kind":"Production","state":"Down","since":"2026-01-01T06:12:00+00:00"}],"next":null}';
        """);

    /// <summary>Proxies every request, with keep-alive on both sides.</summary>
    public static Task<Nginx> Proxying(TestFolder folder, Uri backend) => Start(folder, "proxy",
        $"upstream backend.example {{ server {backend.Authority}; keepalive 64; keepalive_requests 100000000; }}", """
        proxy_pass http://backend.example;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        """);

    static async Task<Nginx> Start(TestFolder folder, string name, string upstream, string location)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var home = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        var configuration = Path.Combine(home, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            worker_processes 2;
            pid {{home}}/pid;
            events { worker_connections 1024; }
            http {
                access_log off;
                client_body_temp_path {{home}}/body; proxy_temp_path {{home}}/proxy; fastcgi_temp_path {{home}}/fastcgi;
                uwsgi_temp_path {{home}}/uwsgi; scgi_temp_path {{home}}/scgi;
                {{upstream}}
                server {
                    listen {{address.Authority}};
                    keepalive_requests 100000000;
                    location / { {{location}} }
                }
            }
            """);
        var program = Programs("nginx").First(File.Exists);
        var process = Process.Start(new ProcessStartInfo(
            program, ["-c", configuration, "-e", $"{home}/error.log", "-g", "daemon off;"]))!;
        using var http = new HttpClient();
        await Poll.Until(async () => process.HasExited || (await http.GetAsync(address)).IsSuccessStatusCode,
            TimeSpan.FromSeconds(30), $"nginx ({name}) answers");
        return new Nginx(process, address);
    }

    static IEnumerable<string> Programs(string name) =>
        new[] { "/usr/sbin", "/usr/bin", "/usr/local/bin" }.Select(folder => Path.Combine(folder, name));

    // Asked to end, so that it takes its workers along.
    public void Dispose()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
    }
}

/// <summary>Load by wrk, in a process of its own.</summary>
sealed record Wrk(Uri Url, string? ApiKey, TimeSpan Length)
{
    /// <summary>Runs it with so many connections.</summary>
    /// <exception cref="InvalidOperationException">A request failed.</exception>
    public async Task<Sample> Run(int connections)
    {
        string[] key = ApiKey is null ? [] : ["-H", $"X-Api-Key: {ApiKey}"];
        var start = new ProcessStartInfo("wrk",
        [
            "-t1", FormattableString.Invariant($"-c{connections}"),
            FormattableString.Invariant($"-d{Length.TotalSeconds:0}s"), "--latency", .. key, Url.ToString()
        ])
        { RedirectStandardOutput = true };
        using var wrk = Process.Start(start)!;
        var said = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        if (said.Contains("Non-2xx", StringComparison.Ordinal) || wrk.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Url}:\n{said}");
        }
        var distribution = said[said.IndexOf("Latency Distribution", StringComparison.Ordinal)..];
        return new Sample(double.Parse(After(said, "Requests/sec:"), CultureInfo.InvariantCulture),
            Milliseconds(After(distribution, "50%")), Milliseconds(After(distribution, "99%")), new CpuTime(0, 0));
    }

    static string After(string text, string mark) =>
        text[(text.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..].Split('\n')[0].Trim();

    static double Milliseconds(string time)
    {
        var number = double.Parse(time.TrimEnd('u', 'm', 's'), CultureInfo.InvariantCulture);
        return time.EndsWith("us", StringComparison.Ordinal) ? number / 1000
            : time.EndsWith("ms", StringComparison.Ordinal) ? number : number * 1000;
    }
}
