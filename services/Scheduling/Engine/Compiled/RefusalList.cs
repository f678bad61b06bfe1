using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>Collects refusals; of one code the first hundred unless told, as people read no more of a systematic
/// mistake.</summary>
sealed class RefusalList(int perCodeMax = RefusalList.PerCodeMax)
{
    public const int PerCodeMax = 100;
    readonly List<ModelRefusal> _items = [];
    readonly Dictionary<string, int> _countByCode = [];

    public IReadOnlyList<ModelRefusal> Items => _items;

    public bool IsEmpty => _items.Count == 0;

    public void Add(string code, string hint, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var count = _countByCode[code] = _countByCode.GetValueOrDefault(code) + 1;
        if (count > perCodeMax) return;
        var named = new Dictionary<string, object>();
        foreach (var (name, value) in values) named[name] = value;
        _items.Add(new ModelRefusal(code, named, hint));
    }
}
