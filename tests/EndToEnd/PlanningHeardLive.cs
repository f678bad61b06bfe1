using System.Text.Json.Nodes;

namespace Mes.EndToEnd.Tests;

/// <summary>Whoever watches a planning run hears how far it is, in both editions, until it has ended.</summary>
static class PlanningHeardLive
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    public static async Task Run(Api api)
    {
        using var stream = await api.Listen();
        using var bound = new CancellationTokenSource(Bound);
        (await stream.ReadLineAsync(bound.Token)).ShouldBe(": connected");
        var run = (await api.Post("scheduling/plans", new { mode = "Full" }))!.Id("runId");
        var last = await LastOf(run, stream, bound.Token);
        last.Text("status").ShouldBeOneOf("Done", "Unchanged");
    }

    static async Task<JsonNode> LastOf(Guid run, StreamReader stream, CancellationToken ct)
    {
        for (var kind = ""; await stream.ReadLineAsync(ct) is { } line;)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line["event: ".Length..];
            if (kind != "PlanningProgressed" || !line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            var news = JsonNode.Parse(line["data: ".Length..])!;
            if (news.Id("runId") == run && news.Text("status") != "Running") return news;
        }
        throw new EndOfStreamException("The stream ended before the run did.");
    }
}
