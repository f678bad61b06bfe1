using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mes.Persistence;

/// <summary>How contracts are written as JSON: camel case, enums by name, nothing lost.</summary>
public static class MessageJson
{
    /// <summary>The one set of options, for outbox, bus and audit alike.</summary>
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>A contract as JSON.</summary>
    public static string Write(object contract) => JsonSerializer.Serialize(contract, contract.GetType(), Options);

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
