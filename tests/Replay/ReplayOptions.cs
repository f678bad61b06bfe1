using System.Globalization;

namespace Mes.Replay;

/// <summary>The command line.</summary>
/// <param name="LogPath">The production log to play.</param>
/// <param name="Gateway">Where to play it; without one the log is only read and its true figures are printed.</param>
/// <param name="Key">The API key for the gateway.</param>
/// <param name="ShuffleSeed">When given, rows are played in an order drawn from it.</param>
/// <param name="JsonPath">Where the figures read back through the gateway go as JSON.</param>
sealed record ReplayOptions(string LogPath, Uri? Gateway, string? Key, int? ShuffleSeed, string? JsonPath)
{
    public const string Usage =
        "usage: --log FILE [--gateway URL --key KEY [--shuffle SEED] [--json OUT]]\n"
        + "  without --gateway the log is only read and its true figures are printed";

    static readonly string[] Names = ["--log", "--gateway", "--key", "--shuffle", "--json"];

    /// <exception cref="FormatException">The command line is wrong; the message says how it is right.</exception>
    public static ReplayOptions Parse(IReadOnlyList<string> arguments)
    {
        var values = Pairs(arguments);
        var options = new ReplayOptions(
            values.GetValueOrDefault("--log") ?? throw new FormatException("--log FILE is missing."),
            values.TryGetValue("--gateway", out var gateway) ? Address(gateway) : null,
            values.GetValueOrDefault("--key"),
            values.TryGetValue("--shuffle", out var seed) ? Seed(seed) : null,
            values.GetValueOrDefault("--json"));
        if (options.Gateway is null != options.Key is null)
            throw new FormatException("--gateway URL and --key KEY go together.");
        if (options.Gateway is null && options.JsonPath is not null)
            throw new FormatException("--json needs --gateway: it holds what was read back, not what the log says.");
        return options;
    }

    static Dictionary<string, string> Pairs(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var name = arguments[i];
            if (!Names.Contains(name))
                throw new FormatException($"'{name}' is no option.");
            if (i + 1 == arguments.Count)
                throw new FormatException($"{name} needs a value.");
            if (!values.TryAdd(name, arguments[i + 1]))
                throw new FormatException($"{name} is given twice.");
        }

        return values;
    }

    static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new FormatException($"--gateway '{text}' is no http or https address.");

    static int Seed(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new FormatException($"--shuffle '{text}' is no whole number.");
}
