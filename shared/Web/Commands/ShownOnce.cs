using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Mes.Web.Commands;

/// <summary>Answers with a secret, which no table keeps: in the command log they stand without it.</summary>
public static class ShownOnce
{
    /// <summary>Keeps the endpoint's answer without its secret; a repeat is answered by what was kept.</summary>
    /// <param name="endpoint">An endpoint of a command.</param>
    /// <param name="kept">The answer as it is kept.</param>
    /// <param name="again">Completes what was kept where the secret may be told again, or says that it is not.</param>
    public static RouteHandlerBuilder ShowsOnce<T>(
        this RouteHandlerBuilder endpoint, Func<T, T> kept, Func<T, HttpContext, Task<T>> again) where T : class =>
        endpoint.WithMetadata(new SecretAnswer(
            (answer, json) => Write(kept(Read<T>(answer, json)), json),
            async (answer, http) => Write(await again(Read<T>(answer, JsonOf(http)), http), JsonOf(http))));

    internal static JsonSerializerOptions JsonOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    static T Read<T>(string answer, JsonSerializerOptions json) => JsonSerializer.Deserialize<T>(answer, json)!;

    static string Write<T>(T answer, JsonSerializerOptions json) => JsonSerializer.Serialize(answer, json);
}

/// <summary>How the answer of an endpoint is kept without its secret, and completed for a repeat; both as JSON.</summary>
sealed record SecretAnswer(
    Func<string, JsonSerializerOptions, string> Keep, Func<string, HttpContext, Task<string>> TellAgain)
{
    public static SecretAnswer? Of(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<SecretAnswer>();
}
