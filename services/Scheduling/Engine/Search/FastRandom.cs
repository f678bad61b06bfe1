namespace Mes.Scheduling.Engine.Search;

/// <summary>Pseudorandom numbers by a 64-bit xorshift with a multiplied output (Marsaglia 2003; Vigna 2016): a few
/// instructions a number, where a seeded <see cref="Random"/> takes a table and calls.</summary>
sealed class FastRandom(int seed) : Random
{
    ulong _state = (ulong)(uint)seed * 0x9E3779B97F4A7C15UL ^ 0xD1B54A32D192ED03UL;

    /// <summary>A number below <paramref name="maxValue"/>, or zero.</summary>
    public override int Next(int maxValue) => (int)((Bits() * (ulong)maxValue) >> 32);

    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    public override double NextDouble() => Bits() * (1.0 / (1UL << 32));

    protected override double Sample() => NextDouble();

    ulong Bits()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (_state * 0x2545F4914F6CDD1DUL) >> 32;
    }
}
