namespace Mes.Scheduling.Engine.Structures;

/// <summary>A binary heap of indices with the smallest key on top; equal keys by index, so that runs repeat.</summary>
sealed class IndexHeap
{
    double[] _key = new double[16];
    int[] _item = new int[16];

    public int Count { get; private set; }

    /// <summary>The entry that <see cref="Pop"/> takes next.</summary>
    public (double Key, int Item) Top => (_key[0], _item[0]);

    public void Clear() => Count = 0;

    public void Push(double key, int item)
    {
        if (Count == _key.Length)
        {
            Array.Resize(ref _key, Count * 2);
            Array.Resize(ref _item, Count * 2);
        }
        var i = Count++;
        for (; i > 0; i = (i - 1) / 2)
        {
            var parent = (i - 1) / 2;
            if (!IsBefore(key, item, _key[parent], _item[parent])) break;
            (_key[i], _item[i]) = (_key[parent], _item[parent]);
        }
        (_key[i], _item[i]) = (key, item);
    }

    public (double Key, int Item) Pop()
    {
        var top = (_key[0], _item[0]);
        var (key, item) = (_key[--Count], _item[Count]);
        var i = 0;
        while (2 * i + 1 < Count)
        {
            var child = 2 * i + 1;
            if (child + 1 < Count && IsBefore(_key[child + 1], _item[child + 1], _key[child], _item[child])) child++;
            if (!IsBefore(_key[child], _item[child], key, item)) break;
            (_key[i], _item[i]) = (_key[child], _item[child]);
            i = child;
        }
        (_key[i], _item[i]) = (key, item);
        return top;
    }

    static bool IsBefore(double key, int item, double otherKey, int otherItem) =>
        key < otherKey || (key == otherKey && item < otherItem);
}
