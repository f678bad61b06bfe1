using Mes.Postgres;
using Mes.Standalone;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(StandaloneOptions.Help);
    return 0;
}
try
{
    await using var edition = await StandaloneEdition.Start(StandaloneOptions.Parse(args));
    return await edition.RunUntilStopped() ? 0 : 1;
}
catch (Exception failure) when (failure is ArgumentException or PostgresUnavailableException or IOException)
{
    await Console.Error.WriteLineAsync($"Mes cannot start: {failure.Message}");
    return 1;
}
