using Mes.Replay;

const int Done = 0;
const int WrongInput = 2;
const int ErrorsShownMax = 50;

try
{
    return Run(ReplayOptions.Parse(args));
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

static int Run(ReplayOptions options)
{
    if (options.Gateway is not null)
        throw new FormatException("Playing through a gateway is not built yet; leave out --gateway to read the log.");

    var reading = LogReader.Read(options.LogPath);
    if (reading.Errors.Count > 0)
        return Refuse(options.LogPath, reading.Errors);

    var histories = OrderHistory.From(reading.Rows);
    Console.WriteLine(LogProfile.Of(reading.Rows, histories));
    FiguresTable.Write(Console.Out, Truth.Of(reading.Rows));
    return Done;
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
