using System.Globalization;

namespace Mes.Standalone;

/// <summary>What the standalone edition can be told on its command line.</summary>
/// <param name="DataFolder">Where everything is kept.</param>
/// <param name="Port">Port of the gateway on localhost.</param>
/// <param name="HttpsPort">Port of the gateway on the LAN, with HTTPS; null for none.</param>
/// <param name="Postgres">Connection string of an administrator of an external PostgreSQL; null for one of its own.</param>
/// <param name="DemoSpeed">How many times as fast as in a plant the demo's pieces come; null where no demo is asked for.</param>
/// <param name="Rest">Configuration for the services, in the form <c>--Section:Key value</c>.</param>
sealed record StandaloneOptions(
    string DataFolder, int Port, int? HttpsPort, string? Postgres, double? DemoSpeed, string[] Rest)
{
    const double DemoSpeedMax = 120;

    public const string Help = """
        Mes, standalone edition: the gateway, the five services and PostgreSQL in one start.

          dotnet run --project deploy/Standalone -- [options]

          --data FOLDER          where everything is kept (./data; of a demo ./data-demo)
          --port PORT            gateway on http://localhost:PORT (8080)
          --https [PORT]         gateway on the LAN as well, by HTTPS (8443)
          --postgres CONNECTION  an external PostgreSQL, as an administrator, instead of its own
          --demo                 a plant to try it with: products, machines, people, orders, a week of history; then it
                                 lives on. Takes no data but a demo's; its accounts are for everybody
          --demo-speed TIMES     how many times as fast (1): pieces, stops and orders come so many times as often, at
                                 the time that it is. Figures by standard times, such as OEE, are off by as much
          --SECTION:KEY VALUE    any other setting, for example --Logging:LogLevel:Default Debug
        """;

    /// <exception cref="ArgumentException">An option is wrong; the message says which.</exception>
    public static StandaloneOptions Parse(string[] args)
    {
        var options = new StandaloneOptions("", 8080, null, null, null, []);
        var (isDemo, speed) = (false, (double?)null);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--demo":
                    isDemo = true;
                    continue;
                case "--demo-speed":
                    speed = SpeedOf(Value());
                    continue;
            }
            options = args[i] switch
            {
                "--data" => options with { DataFolder = Value() },
                "--port" => options with { Port = PortOf(Value()) },
                "--https" => options with { HttpsPort = HasValue() ? PortOf(Value()) : 8443 },
                "--postgres" => options with { Postgres = Value() },
                var key when key.StartsWith("--", StringComparison.Ordinal) && key.Contains(':', StringComparison.Ordinal) =>
                    options with { Rest = [.. options.Rest, key, Value()] },
                var other => throw new ArgumentException($"'{other}' is no option.\n\n{Help}")
            };

            bool HasValue() => i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);

            string Value() => HasValue() ? args[++i] : throw new ArgumentException($"{args[i]} needs a value.\n\n{Help}");
        }
        if (speed is not null && !isDemo) throw new ArgumentException($"--demo-speed needs --demo.\n\n{Help}");
        if (isDemo && options.Postgres is not null)
        {
            throw new ArgumentException($"--demo has a PostgreSQL of its own: leave --postgres out.\n\n{Help}");
        }
        return options with
        {
            DemoSpeed = isDemo ? speed ?? 1 : null,
            DataFolder = options.DataFolder.Length > 0 ? options.DataFolder : isDemo ? "data-demo" : "data",
        };
    }

    static double SpeedOf(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var speed) && speed is >= 1 and <= DemoSpeedMax
            ? speed
            : throw new ArgumentException($"'{text}' is no speed: use 1 to {DemoSpeedMax}.\n\n{Help}");

    static int PortOf(string text) => int.TryParse(text, out var port) && port is > 0 and < 65536
        ? port
        : throw new ArgumentException($"'{text}' is no port: use 1 to 65535.\n\n{Help}");
}
