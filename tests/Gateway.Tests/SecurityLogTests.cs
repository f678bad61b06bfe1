using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Mes.Gateway.Tests;

public sealed class SecurityLogTests
{
    [Fact]
    public void Each_entry_tells_who_where_and_from_which_address_and_can_forge_no_line()
    {
        var recorder = new Recorder();
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse("2001:db8:1:2:3::7") } };
        context.Request.Method = "POST";
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = "/api/x%0Aforged?secret=1";
        var log = new SecurityLog(recorder);

        log.SignInFailed(context, "user A");
        log.LockedOut(context, "user A");
        log.SignedIn(context, "user A");
        log.UnknownCredential(context);
        log.NotPermitted(context);

        recorder.Entries.Count.ShouldBe(5);
        foreach (var entry in recorder.Entries)
        {
            entry["Who"].ShouldBeOneOf("user A", "unknown");
            entry["Path"].ShouldBe("POST /api/x%0Aforged");
            entry["Address"].ShouldBe("2001:db8:1:2::/64");
        }
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(403, 1)]
    public async Task A_refusal_is_entered_whoever_gives_it(int status, int entries)
    {
        var recorder = new Recorder();
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddSingleton(new SecurityLog(recorder)).BuildServiceProvider()
        };
        await SecurityLog.TellOfRefusals(context, answered =>
        {
            answered.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        recorder.Entries.Count.ShouldBe(entries);
    }

    sealed class Recorder : ILogger<SecurityLog>
    {
        public List<Dictionary<string, object?>> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add(((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(pair => pair.Key, pair => pair.Value));
    }
}
