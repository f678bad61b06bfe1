using Mes.Demo.Api;
using Mes.Demo.Plant;

namespace Mes.Demo.Live;

/// <summary>
/// Who is at work: everybody signs on as their shift begins, and off as it ends. In breaks they relieve each other, so that
/// whoever tries the demo just then sees a plant at work.
/// </summary>
sealed class Crew(MesApi api, PlantClock clock, ShiftPlan shifts)
{
    readonly Dictionary<string, Guid> _signOns = [];
    readonly Cadence _looks = new(TimeSpan.FromMinutes(30));
    Shift? _shift;

    /// <summary>The sign-on of whoever minds a unit now; null where nobody does.</summary>
    public Guid? SignOnAt(string unit) => _signOns.TryGetValue(PersonAt(unit), out var signOn) ? signOn : null;

    /// <summary>The person who minds a unit now.</summary>
    public string PersonAt(string unit) => _shift is { } shift ? Floor.PostOf(unit).PersonOf(shift) : "";

    /// <summary>Lets come and go who must; also whom others have signed off. Who goes ends their work before.</summary>
    public async Task Change(TimeSpan step, Func<Task> endWork, CancellationToken ct)
    {
        var shift = shifts.At(clock.Now);
        if (!_looks.IsDue(step) && shift == _shift) return;
        if (shift != _shift) await endWork();
        _shift = shift;
        _signOns.Clear();
        var present = shift is { } now ? Floor.Posts.ToDictionary(post => post.PersonOf(now)) : [];
        var ours = Floor.Posts.SelectMany(post => new[] { post.Day, post.Night }).ToHashSet();
        foreach (var signOn in await api.All("work-orders/sign-ons", ct))
        {
            var person = signOn.Text("operator");
            if (!ours.Contains(person)) continue;
            if (present.ContainsKey(person)) _signOns[person] = signOn.Id();
            else await api.Post($"work-orders/sign-ons/{signOn.Id()}/sign-off", new { }, Guid.NewGuid(), ct);
        }
        foreach (var (person, post) in present.Where(pair => !_signOns.ContainsKey(pair.Key)))
        {
            var made = await api.Post(
                "work-orders/sign-ons", new { @operator = person, station = post.Units[0] }, Guid.NewGuid(), ct);
            _signOns[person] = made.Id();
        }
    }
}
