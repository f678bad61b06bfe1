using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mes.Web.Commands;

/// <summary>A handler's answer in the form in which it is kept and given again.</summary>
sealed record Answer(int Status, string? Json)
{
    public static Answer From(object? result, JsonSerializerOptions json)
    {
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? (result is null ? 204 : 200);
        var value = result is IResult ? (result as IValueHttpResult)?.Value : result;
        return new Answer(status, value is null ? null : JsonSerializer.Serialize(value, json));
    }

    public IResult ToResult() => Json is null
        ? Results.StatusCode(Status)
        : Results.Text(Json, Status < 400 ? "application/json" : "application/problem+json", statusCode: Status);
}
