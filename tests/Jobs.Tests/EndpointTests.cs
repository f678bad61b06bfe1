using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mes.Hosting.Jobs;
using Mes.Hosting.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Mes.Jobs.Tests;

/// <summary>The jobs over HTTP.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    JobNode _node = null!;
    WebApplication _web = null!;
    HttpClient _http = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var nightly = new JobSchedule("nightly", "endless", "0 2 * * *", "UTC");
        _node = await JobNode.StartAloneAsync(jobs => jobs
            .Add("endless", async (_, stop) =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                return new Done();
            }, null, nightly)
            .Add("nothing", (_, _) => Task.FromResult<JobOutcome>(new Done()), new JobPolicy(JobOverlap.Allow)));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddKeyedSingleton(JobNode.Module, _node.Jobs);
        builder.Services.AddExceptionHandler<ProblemMapper>().AddProblemDetails();
        _web = builder.Build();
        _web.UseExceptionHandler();
        _web.MapGroup("/jobs").MapJobs(JobNode.Module);
        await _web.StartAsync();
        var addresses = _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        _http = new HttpClient { BaseAddress = new Uri(addresses.Single() + "/jobs/") };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _web.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task A_schedule_is_run_now_seen_running_and_stopped()
    {
        var schedules = await _http.GetFromJsonAsync<JsonElement>("schedules", Ct);
        schedules[0].GetProperty("schedule").GetProperty("key").GetString().ShouldBe("nightly");
        var runId = Guid.CreateVersion7();

        _http.DefaultRequestHeaders.Add("Idempotency-Key", runId.ToString());
        for (var twice = 0; twice < 2; twice++)
            (await _http.PostAsync("schedules/nightly/run", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await _node.EndAsync(runId, JobRunState.Running);
        (await _http.GetFromJsonAsync<JsonElement>($"runs/{runId}", Ct)).GetArrayLength().ShouldBe(1);
        (await _http.PostAsync($"runs/{runId}/stop", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await _node.EndAsync(runId, JobRunState.Stopped);
        (await _http.PostAsync($"runs/{runId}/stop", null, Ct)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Runs_come_in_pages_newest_first()
    {
        var runs = new List<Guid>();
        for (var i = 0; i < 3; i++) runs.Add(await _node.Jobs.SubmitAsync(new JobSubmission("nothing"), Ct));

        var first = await _http.GetFromJsonAsync<JsonElement>("runs?limit=2", Ct);
        var second = await _http.GetFromJsonAsync<JsonElement>($"runs?limit=2&after={first.GetProperty("next")}", Ct);

        Ids(first).Concat(Ids(second)).ShouldBe(runs, ignoreOrder: true);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);

        static IEnumerable<Guid> Ids(JsonElement page) =>
            page.GetProperty("items").EnumerateArray().Select(run => run.GetProperty("runId").GetGuid());
    }

    [Theory]
    [InlineData("GET", "runs?limit=many", HttpStatusCode.BadRequest)]
    [InlineData("GET", "runs/00000000-0000-0000-0000-000000000001", HttpStatusCode.NotFound)]
    [InlineData("GET", "runs/none", HttpStatusCode.NotFound)]
    [InlineData("POST", "runs/00000000-0000-0000-0000-000000000001/stop", HttpStatusCode.NotFound)]
    [InlineData("POST", "schedules/other/run", HttpStatusCode.NotFound)]
    public async Task Bad_requests_are_refused_and_start_nothing(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        (await _http.SendAsync(request, Ct)).StatusCode.ShouldBe(status);

        (await _node.RunsAsync()).ShouldBeEmpty();
    }
}
