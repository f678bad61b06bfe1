using System.Text.Json;
using System.Text.Json.Nodes;
using Mes.Demo.Api;

namespace Mes.Demo.Tests;

/// <summary>
/// What the API has answered, each question asked once; and the same with something false in it, to see whether that is
/// found.
/// </summary>
sealed class Answers
{
    readonly MesApi _api;
    readonly Dictionary<string, JsonElement> _kept;

    public Answers(MesApi api) : this(api, [])
    {
    }

    Answers(MesApi api, Dictionary<string, JsonElement> kept) => (_api, _kept) = (api, kept);

    public async Task<JsonElement> Get(string path) =>
        _kept.TryGetValue(path, out var known) ? known : _kept[path] = await _api.Get(path, default);

    public async Task<List<JsonElement>> All(string path)
    {
        if (!_kept.TryGetValue(path, out var known))
        {
            known = _kept[path] = JsonSerializer.SerializeToElement(await _api.All(path, default));
        }
        return [.. known.EnumerateArray()];
    }

    /// <summary>Asks until it is so; the last answer is kept.</summary>
    public Task Until(string path, string member, TimeSpan bound) => Poll.Until(async () =>
    {
        if (_kept.TryGetValue(path, out var known) && known.Is(member)) return true;
        return (_kept[path] = await _api.Get(path, default)).Is(member);
    }, bound, $"{path}: {member}");

    /// <summary>Two more, or the opposite, wherever answers under a path have this member.</summary>
    public Answers Falsified(string path, string member)
    {
        var found = false;
        var kept = _kept.ToDictionary(one => one.Key, one =>
        {
            if (!one.Key.StartsWith(path, StringComparison.Ordinal)) return one.Value;
            var node = JsonSerializer.SerializeToNode(one.Value)!;
            IEnumerable<JsonNode?> holders = node is JsonArray items ? items : [node];
            foreach (var holder in holders)
            {
                if (holder?[member] is not JsonValue value) continue;
                holder[member] = value.GetValueKind() == JsonValueKind.Number ? value.GetValue<decimal>() + 2 : false;
                found = true;
            }
            return JsonSerializer.SerializeToElement(node);
        });
        found.ShouldBeTrue($"{path} has a {member}");
        return new Answers(_api, kept);
    }
}
