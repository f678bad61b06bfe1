using System.Globalization;

namespace Mes.Faults.Tests.Editions;

/// <summary>A point of the messaging code, and at which reaching of it the process is killed.</summary>
public sealed record KillPoint(string Name, int Times);

/// <summary>
/// Has a process kill itself at a point, by the hook that each process of an installation carries: none has to be started
/// for it.
/// </summary>
sealed class KillSwitch(string hook) : IDisposable
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"mes-kill-{Guid.NewGuid():n}");

    /// <summary>What each process has in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = hook, ["MES_KILL_AT"] = _file
    };

    /// <summary>Tells a process where to die; it counts from now on.</summary>
    public void Set(int process, KillPoint point)
    {
        var whole = _file + ".whole";       // never read by half
        File.WriteAllText(whole, string.Create(CultureInfo.InvariantCulture, $"{process}:{point.Name}:{point.Times}"));
        File.Move(whole, _file, overwrite: true);
    }

    public void Dispose() => File.Delete(_file);
}
