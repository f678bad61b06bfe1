using System.Globalization;

namespace Mes.Replay.Play;

/// <summary>Shows on one line of a terminal, or now and then on a new line of a file, how far something has come.</summary>
sealed class Progress : IAsyncDisposable
{
    static readonly TimeSpan TerminalPeriod = TimeSpan.FromSeconds(0.5);
    static readonly TimeSpan FilePeriod = TimeSpan.FromSeconds(10);

    readonly CancellationTokenSource _ending = new();
    readonly Func<string> _text;
    readonly Task _showing;

    Progress(Func<string> text)
    {
        _text = text;
        _showing = ShowUntilEnded();
    }

    /// <summary>Begins to show a text on standard error, which changes as work goes on; disposing ends it.</summary>
    public static Progress Show(Func<string> text) => new(text);

    /// <summary>A share, a rate and what is left, for a text.</summary>
    public static string Share(int done, int all, TimeSpan elapsed)
    {
        var perSecond = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{done:#,##0} of {all:#,##0} ({perSecond:#,##0}/s)");
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _showing;
        _ending.Dispose();
        Write();
        if (!Console.IsErrorRedirected)
            Console.Error.WriteLine();
    }

    async Task ShowUntilEnded()
    {
        using var timer = new PeriodicTimer(Console.IsErrorRedirected ? FilePeriod : TerminalPeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
                Write();
        }
        catch (OperationCanceledException)
        {
        }
    }

    void Write()
    {
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine(_text());
        else
            Console.Error.Write($"\r{_text()}\e[K");
    }
}
