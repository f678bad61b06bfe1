using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mes.Api.Tests;

/// <summary>The documents as the code says them now.</summary>
public sealed class Made : IAsyncLifetime
{
    static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n",
    };

    readonly Dictionary<string, JsonNode> _documents = [];

    public JsonNode Document(string name) => _documents[name].DeepClone();

    /// <summary>A document as its file has it.</summary>
    public string Text(string name) => _documents[name].ToJsonString(Written) + "\n";

    /// <summary>Refusals whose code is no constant.</summary>
    public IReadOnlySet<string> UnknownCodes { get; private set; } = new HashSet<string>();

    public async ValueTask InitializeAsync()
    {
        var codes = new ProblemCodes(Sources.Compile());
        var description = new Description(new Texts(), codes);
        await using var services = ApiHost.OfServices();
        await using var gateway = ApiHost.OfGateway();
        foreach (var name in Documents.All)
        {
            _documents[name] = await description.Of(name == Documents.Gateway ? gateway : services, name);
        }
        UnknownCodes = codes.Unknown;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
