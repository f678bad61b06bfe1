using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mes.Demo.Plant;

/// <summary>What everything in a demo is drawn from: the same seed makes the same plant, ids included.</summary>
sealed class Seed(int number)
{
    const int GuidBytes = 16;

    // The namespace of demos; any constant does, as long as it never changes
    static readonly Guid Namespace = new("0d1c5b0a-6f0e-5c53-9d5e-3f7f0c4e2a61");

    /// <summary>The id of what has this name: a UUID of version 5 (RFC 9562, 5.5).</summary>
    public Guid Id(params object[] name)
    {
        var text = $"{number}\n{string.Join('\n', name)}";
        byte[] input = [.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(text)];
#pragma warning disable CA5350 // version 5 is defined by SHA-1; nothing secret depends on it
        var hash = SHA1.HashData(input);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, GuidBytes), bigEndian: true);
    }

    /// <summary>Dice of their own for what has this name: what else is drawn changes nothing in them.</summary>
    public Random Dice(params object[] name) =>
        new(BinaryPrimitives.ReadInt32BigEndian(Id(["dice", .. name]).ToByteArray(bigEndian: true)));
}

/// <summary>Draws what a shop floor needs.</summary>
static class Dice
{
    /// <summary>A number from a range, its ends included as good as never.</summary>
    public static double Between(this Random dice, double low, double high) => low + ((high - low) * dice.NextDouble());

    /// <summary>Whether something of this probability happens.</summary>
    public static bool Happens(this Random dice, double probability) => dice.NextDouble() < probability;

    /// <summary>How many of these pieces something of this probability happens to.</summary>
    public static int Among(this Random dice, int pieces, double probability) =>
        Enumerable.Range(0, pieces).Count(_ => dice.Happens(probability));

    /// <summary>A time until something that happens once in this time on average.</summary>
    public static TimeSpan Until(this Random dice, TimeSpan mean) => mean * -Math.Log(1 - dice.NextDouble());

    /// <summary>One of them.</summary>
    public static T Of<T>(this Random dice, IReadOnlyList<T> all) => all[dice.Next(all.Count)];

    /// <summary>A deviation, outside the tolerance only where it shall be.</summary>
    public static double Measure(this Random dice, double tolerance, bool isOut) =>
        tolerance * (isOut ? dice.Between(1.05, 1.6) : (dice.NextDouble() + dice.NextDouble() - 1) * 0.8);
}
