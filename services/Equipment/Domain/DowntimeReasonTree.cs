namespace Mes.Equipment.Domain;

/// <summary>Why an equipment stood still, as the plant classifies it.</summary>
/// <param name="Code">Stable code, unique in the tree.</param>
/// <param name="ParentCode">The more general reason, null at the top.</param>
/// <param name="NameEn">What an English screen shows.</param>
/// <param name="NameZh">What a Chinese screen shows.</param>
public sealed record DowntimeReason(string Code, string? ParentCode, string NameEn, string NameZh);

/// <summary>The reasons of a plant as a tree: terminals offer its leaves, analyses add up its branches.</summary>
public sealed class DowntimeReasonTree
{
    /// <summary>Stands for downtime nobody has classified yet; no reason may have this code.</summary>
    public const string Unclassified = "unclassified";

    readonly Dictionary<string, DowntimeReason> _byCode;
    readonly ILookup<string, DowntimeReason> _childrenByParent;

    /// <exception cref="ArgumentException">
    /// A code is reserved or used twice, a parent is missing, or a reason is its own ancestor.
    /// </exception>
    public DowntimeReasonTree(IEnumerable<DowntimeReason> reasons)
    {
        var all = reasons.ToArray();
        RequireUsableCodes(all);
        _byCode = all.ToDictionary(reason => reason.Code);
        _childrenByParent = all.Where(r => r.ParentCode is not null).ToLookup(r => r.ParentCode!);
        foreach (var reason in all)
            RequirePathToTop(reason);
    }

    /// <summary>The reason of that code, null when the tree has none.</summary>
    public DowntimeReason? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The top reasons for null, else those directly below; in the order given.</summary>
    public IEnumerable<DowntimeReason> ChildrenOf(string? code) =>
        code is null ? _byCode.Values.Where(reason => reason.ParentCode is null) : _childrenByParent[code];

    /// <summary>True for a known reason with nothing below it: only such a one classifies a stop.</summary>
    public bool IsLeaf(string code) => _byCode.ContainsKey(code) && !_childrenByParent.Contains(code);

    /// <summary>From the top reason down to this one; empty for an unknown code.</summary>
    public IReadOnlyList<DowntimeReason> PathTo(string code)
    {
        var path = new List<DowntimeReason>();
        for (var at = Find(code); at is not null; at = at.ParentCode is { } parent ? _byCode[parent] : null)
            path.Insert(0, at);
        return path;
    }

    /// <summary>
    /// Adds what was lost per reason to the reason and everything above it; what has no known reason goes to
    /// <see cref="Unclassified"/>. The totals of the top reasons with it are the total of the input.
    /// </summary>
    public IReadOnlyDictionary<string, TimeSpan> RollUp(IEnumerable<KeyValuePair<string, TimeSpan>> lostByReason)
    {
        var totals = new Dictionary<string, TimeSpan>();
        foreach (var (code, lost) in lostByReason)
            foreach (var at in CodesFrom(code))
                totals[at] = totals.GetValueOrDefault(at) + lost;
        return totals;
    }

    IEnumerable<string> CodesFrom(string code) =>
        _byCode.ContainsKey(code) ? PathTo(code).Select(reason => reason.Code) : [Unclassified];

    static void RequireUsableCodes(DowntimeReason[] reasons)
    {
        var codes = new HashSet<string> { Unclassified };
        foreach (var reason in reasons)
            if (!codes.Add(reason.Code))
                throw new ArgumentException($"Downtime reason {reason.Code} is reserved or used twice.");
    }

    void RequirePathToTop(DowntimeReason reason)
    {
        var seen = new HashSet<string>();
        for (var at = reason; at.ParentCode is { } parent; at = _byCode[parent])
        {
            if (!_byCode.ContainsKey(parent))
                throw new ArgumentException($"Downtime reason {at.Code} names the unknown parent {parent}.");
            if (!seen.Add(at.Code))
                throw new ArgumentException($"Downtime reason {at.Code} is its own ancestor.");
        }
    }
}
