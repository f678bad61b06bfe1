using System.Security.Cryptography;
using System.Text;

namespace Mes.Replay.Play;

/// <summary>
/// Ids of commands, derived from the log's file name and what the command is about. A second run of the same log sends
/// the same ids: the services answer from their command logs and write nothing new.
/// </summary>
/// <param name="logName">The log's file name without folder.</param>
sealed class CommandIds(string logName)
{
    const int GuidBytes = 16;

    // The namespace of replays; any constant does, as long as it never changes.
    static readonly Guid Namespace = new("6c1f2c52-0f0a-5d6e-9a6e-2b1d9c1f7a10");

    /// <summary>The id of what a row reports: a report or a downtime.</summary>
    public static Guid Of(LogRow row) => NameBased(Namespace, row.ClientId);

    /// <summary>The id of anything else that is sent once per log: an action and what it is done to.</summary>
    // A row's name has no line break: the two kinds of names never meet.
    public Guid Of(string action, string subject) => NameBased(Namespace, $"{logName}\n{action}\n{subject}");

    /// <summary>A UUID of version 5 (RFC 9562, 5.5): the same name in the same namespace gives the same id.</summary>
    public static Guid NameBased(Guid space, string name)
    {
        byte[] input = [.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // version 5 is defined by SHA-1; nothing secret depends on it
        var hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, GuidBytes), bigEndian: true);
    }
}
