using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mes.EndToEnd.Tests;

/// <summary>A span, as far as these tests look at it.</summary>
/// <param name="Service">The process it comes from.</param>
/// <param name="Source">The library that made it.</param>
/// <param name="TraceId">Its trace, 32 hexadecimal digits.</param>
/// <param name="Name">What was done.</param>
/// <param name="IsRoot">True where no other span caused it.</param>
sealed record ReceivedSpan(string Service, string Source, string TraceId, string Name, bool IsRoot);

/// <summary>Takes what services send by OTLP over HTTP, and keeps the spans.</summary>
sealed class TraceReceiver : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<ReceivedSpan> _spans = new();

    TraceReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/traces", Take);
        _app.MapPost("/v1/metrics", () => Results.Ok());
        _app.MapPost("/v1/logs", () => Results.Ok());
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    public static async Task<TraceReceiver> Start()
    {
        var receiver = new TraceReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task<IResult> Take(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        foreach (var span in OtlpSpans.Read(body.ToArray())) _spans.Enqueue(span);
        return Results.Ok();
    }
}

/// <summary>Reads the spans of an OTLP <c>ExportTraceServiceRequest</c> by the field numbers of its published schema.</summary>
static class OtlpSpans
{
    public static IEnumerable<ReceivedSpan> Read(byte[] request) =>
        Fields(request, 1).SelectMany(resourceSpans =>
        {
            var service = ServiceName(Fields(resourceSpans, 1).First());
            return Fields(resourceSpans, 2).SelectMany(scopeSpans =>
            {
                var source = Text(Fields(Fields(scopeSpans, 1).First(), 1).First());
                return Fields(scopeSpans, 2).Select(span => new ReceivedSpan(
                    service, source, Convert.ToHexStringLower(Fields(span, 1).First()), Text(Fields(span, 5).First()),
                    IsRoot: Fields(span, 4) is not [{ Length: > 0 }]));
            });
        });

    static string ServiceName(byte[] resource) => Text(Fields(
        Fields(Fields(resource, 1).Single(attribute => Text(Fields(attribute, 1).First()) == "service.name"), 2).First(), 1)
            .First());

    static string Text(byte[] field) => System.Text.Encoding.UTF8.GetString(field);

    /// <summary>The length-delimited fields of a message that have this number.</summary>
    static List<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(number, WireFormat.WireType.LengthDelimited))
                found.Add(input.ReadBytes().ToByteArray());
            else input.SkipLastField();
        }
        return found;
    }
}
