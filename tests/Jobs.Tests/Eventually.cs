using Mes.Tests.Support;

namespace Mes.Jobs.Tests;

/// <summary>Waits for a condition, with a bound, and tells how things stand when it is not met.</summary>
static class Eventually
{
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);    // beside other suites a killed database is slow to come back

    public static async Task Async(Func<Task<bool>> condition, Func<string> otherwise)
    {
        try
        {
            await Poll.Until(condition, Bound, "the condition");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{otherwise()}: {e.Message}", e);
        }
    }
}
