using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mes.Gateway.Tests;

/// <summary>The part of the work orders' API that the screens use; keeps what arrived.</summary>
public sealed class TerminalBackend
{
    public static readonly Guid Operation = Guid.Parse("018f0000-0000-7000-8000-000000000010");

    int _lost;

    /// <summary>Reports that were applied, by command id.</summary>
    public ConcurrentDictionary<string, JsonNode> Applied { get; } = new();

    /// <summary>Reports that arrived, repeated ones included.</summary>
    public ConcurrentQueue<string> Arrived { get; } = new();

    public ConcurrentQueue<JsonNode> SignOns { get; } = new();

    /// <summary>Work that goes on, by its id, as a card shows it.</summary>
    public ConcurrentDictionary<string, JsonNode> Work { get; } = new();

    /// <summary>From now on this many answers get lost after the report was applied.</summary>
    public void LoseAnswers(int count) => _lost = count;

    public void Map(WebApplication app)
    {
        var api = app.MapGroup("/api/work-orders");
        api.MapGet("/dispatch/equipment", () => new { items = new[] { "Machine 1", "Machine 2" }, next = (string?)null });
        api.MapGet("/dispatch", (string equipment) => new
        {
            items = new[] { Card(true, [], Work.Values), Card(false, ["predecessor", "material"], []) }, next = "2"
        });
        api.MapGet("/work", () => new { items = Array.Empty<object>(), next = (string?)null });
        api.MapPost("/operations/{id:guid}/work", (Delegate)StartAsync).RequireAuthorization(Permissions.ReportProduction);
        api.MapPost("/sign-ons", async (HttpRequest request) =>
        {
            SignOns.Enqueue((await JsonNode.ParseAsync(request.Body))!);
            return new { id = request.Headers["Idempotency-Key"].ToString() };
        }).RequireAuthorization(Permissions.SignOn);
        api.MapPost("/sign-ons/{id}/sign-off", () => Results.NoContent());
        api.MapPost("/operations/{id:guid}/reports", (Delegate)TakeAsync).RequireAuthorization(Permissions.ReportProduction);
    }

    async Task<IResult> StartAsync(HttpContext context)
    {
        var id = context.Request.Headers["Idempotency-Key"].ToString();
        var asked = (await JsonNode.ParseAsync(context.Request.Body))!;
        var @operator = (string)SignOns.Last()["operator"]!;
        Work[id] = JsonNode.Parse(JsonSerializer.Serialize(new
        {
            workId = id, @operator, name = @operator, equipment = (string)asked["equipment"]!, activity = "Run",
            state = "Running",
            since = (string)asked["at"]!, seconds = 0
        }))!;
        return Results.Ok(new { id, warnings = Array.Empty<string>() });
    }

    async Task<IResult> TakeAsync(HttpContext context)
    {
        var id = context.Request.Headers["Idempotency-Key"].ToString();
        Arrived.Enqueue(id);
        Applied.TryAdd(id, (await JsonNode.ParseAsync(context.Request.Body))!);
        if (Interlocked.Decrement(ref _lost) >= 0)
        {
            context.Abort();
            return Results.Empty;
        }

        var good = Applied.Values.Sum(report => (decimal)report["good"]!);
        return Results.Ok(new { reportId = id, progress = new { good, scrap = 0m }, discrepancies = Array.Empty<string>() });
    }

    static object Card(bool isReady, string[] waitsFor, IEnumerable<JsonNode> work) => new
    {
        operationId = isReady ? Operation : Guid.NewGuid(), order = isReady ? "WO-1" : "WO-2", product = "A-100",
        operation = "Turning", sequence = 10, quantity = 100m, good = 20m, available = 100m, open = 80m,
        unit = "pcs", status = "Started",
        isRush = isReady, dueAt = "2030-01-01T00:00:00Z", plannedStartAt = (string?)null, isReady, waitsFor, work,
    };
}
