using Mes.Persistence;

namespace Mes.Jobs;

/// <summary>The job that every service has: forgets messages and commands that cannot come again.</summary>
sealed class CleanUp<TDb>(InboxCleaner<TDb> inbox) : IJob where TDb : MesDbContext
{
    public const string Key = "clean-up";

    /// <summary>Once an hour; once at the start where it was missed.</summary>
    public static JobSchedule Hourly { get; } = new(Key, "17 * * * *", Hangfire.MisfireHandlingMode.Relaxed);

    public Task Run(JobCall call, CancellationToken stop) => inbox.Clean(stop);
}
