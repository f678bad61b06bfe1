using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mes.Tests.Support;

namespace Mes.Tests.Editions;

/// <summary>
/// A whole installation in processes of its own, as it is deployed: driven through its gateway, and killed and started again
/// as a test likes.
/// </summary>
public abstract partial class Edition : IAsyncDisposable
{
    const string NewPassword = "a new password for the tests";

    string? _key;

    private protected Edition() => Directory.CreateDirectory(LogFolder);

    /// <summary>The names under which parts can be killed and started again.</summary>
    public abstract IReadOnlyList<string> Parts { get; }

    /// <summary>Address of the gateway.</summary>
    public abstract Uri Gateway { get; }

    /// <summary>One log file for each part.</summary>
    public string LogFolder => Path.Combine(Folder.Path, "log");

    private protected TestFolder Folder { get; } = TestFolder.Create("edition");

    private protected abstract string GatewayLog { get; }

    /// <summary>Kills a part (kill -9).</summary>
    public abstract Task Kill(string part);

    /// <summary>Starts a part that was killed, where nobody else does, and waits until it is healthy.</summary>
    public abstract Task Restart(string part);

    /// <summary>Stops everything in good order; the data stays.</summary>
    public abstract Task StopAll();

    /// <summary>
    /// An administrator's API key, made at the first call: the one-time password from the gateway's output, another
    /// password, a key.
    /// </summary>
    public async Task<string> ApiKey() => _key ??= await FirstStart.MakeApiKey(Gateway, await OneTimePassword(), NewPassword);

    /// <summary>Kills what still runs and deletes the data.</summary>
    public virtual ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Where a part logs.</summary>
    /// <summary>What a part has written to its log so far.</summary>
    public string Said(string part)
    {
        using var reader = new StreamReader(new FileStream(LogOf(part), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private protected string LogOf(string part) => Path.Combine(LogFolder, part + ".log");

    async Task<string> OneTimePassword()
    {
        await using var log = new FileStream(GatewayLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        var said = OneTime().Match(await reader.ReadToEndAsync());
        return said.Success
            ? said.Groups[1].Value
            : throw new InvalidOperationException($"No one-time password in {GatewayLog}.");
    }

    [GeneratedRegex("one-time password '([^']+)'")]
    private static partial Regex OneTime();
}

/// <summary>What a person does after the first start.</summary>
public static class FirstStart
{
    /// <summary>Signs in as the first administrator, takes another password and makes an administrator's API key.</summary>
    /// <param name="gateway">Address of the gateway.</param>
    /// <param name="oneTimePassword">What the gateway printed.</param>
    /// <param name="newPassword">The administrator's password from now on.</param>
    public static async Task<string> MakeApiKey(Uri gateway, string oneTimePassword, string newPassword)
    {
        using var http = new HttpClient { BaseAddress = new Uri(gateway, "/api/identity/") };   // keeps the session's cookie
        await Post(http, "sign-in", new { userName = "admin", password = oneTimePassword });
        await Post(http, "password", new { current = oneTimePassword, @new = newPassword });
        var key = await Post(http, "api-keys", new { name = "tests", roles = new[] { "administrator" } });
        return JsonDocument.Parse(key).RootElement.GetProperty("secret").GetString()!;
    }

    static async Task<string> Post(HttpClient http, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(body), Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
        };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new HttpRequestException($"{path}: {(int)answer.StatusCode} {text}");
    }
}
