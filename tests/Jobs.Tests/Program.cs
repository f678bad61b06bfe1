namespace Mes.Jobs.Tests;

/// <summary>
/// The tests; or, with <c>node CONNECTION OWNER-CONNECTION</c>, one process that serves jobs until it is ended.
/// </summary>
static class Program
{
    static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["node", var connectionString, var ownerConnectionString])
            return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments);

        await JobNode.ServeAsync(connectionString, ownerConnectionString);
        return 0;
    }
}
