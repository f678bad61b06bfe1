using Mes.Replay;

const int Done = 0;
const int Different = 1;
const int WrongInput = 2;
const int ErrorsShownMax = 50;

try
{
    return await Run(ReplayOptions.Parse(args));
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n{ReplayOptions.Usage}");
    return WrongInput;
}
catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(wrong.Message);
    return WrongInput;
}

static async Task<int> Run(ReplayOptions options)
{
    var reading = LogReader.Read(options.LogPath);
    if (reading.Errors.Count > 0)
        return Refuse(options.LogPath, reading.Errors);

    if (options.Gateway is not null)
        return await Play(options, reading.Rows) ? Done : Different;

    var histories = OrderHistory.From(reading.Rows);
    Console.WriteLine(LogProfile.Of(reading.Rows, histories));
    FiguresTable.Write(Console.Out, Truth.Of(reading.Rows));
    return Done;
}

static async Task<bool> Play(ReplayOptions options, IReadOnlyList<LogRow> rows)
{
    using var stopping = new CancellationTokenSource();
    Console.CancelKeyPress += (_, key) =>
    {
        key.Cancel = true;
        stopping.Cancel();
    };
    try
    {
        return await ReplayRun.Run(options, rows, stopping.Token);
    }
    catch (Exception failure) when (failure is RefusedException or OutageException)
    {
        Console.Error.WriteLine($"The replay ended early. {failure.Message}\nRun it again to go on: nothing is applied twice.");
    }
    catch (OperationCanceledException) when (stopping.IsCancellationRequested)
    {
        Console.Error.WriteLine("The replay was stopped. Run it again to go on: nothing is applied twice.");
    }

    return false;
}

static int Refuse(string path, IReadOnlyList<LogError> errors)
{
    Console.Error.WriteLine($"{path} cannot be played, {errors.Count} errors:");
    foreach (var error in errors.Take(ErrorsShownMax))
        Console.Error.WriteLine(error);
    if (errors.Count > ErrorsShownMax)
        Console.Error.WriteLine($"… and {errors.Count - ErrorsShownMax} more");
    return WrongInput;
}
