namespace Mes.Jobs.Tests;

/// <summary>
/// The tests; or, with <c>node CONNECTION</c>, one process of a cluster that begins a run without end until it is
/// killed.
/// </summary>
static class Program
{
    static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["node", var connectionString])
            return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments);

        await using var node = await JobNode.StartAsync(connectionString, jobs => jobs.Add("long", async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return new Mes.Hosting.Jobs.Done();
        }));
        await node.Jobs.SubmitAsync(new Mes.Hosting.Jobs.JobSubmission("long"), CancellationToken.None);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
