namespace Mes.Demo.Plant;

/// <summary>Somebody who works in the plant.</summary>
/// <param name="Code">Code, by which every service knows them.</param>
/// <param name="Name">Name.</param>
/// <param name="Roles">What they are.</param>
sealed record Person(string Code, string Name, params IReadOnlyList<string> Roles)
{
    /// <summary>What a scanner reads from their badge.</summary>
    public string Badge => Code.Replace("P-", "BADGE-", StringComparison.Ordinal);
}

/// <summary>The people: two shifts, and those who work by day.</summary>
static class People
{
    /// <summary>The PIN of every badge.</summary>
    public const string Pin = "2468";

    /// <summary>By code; the administrator, whom the first start makes, is one more.</summary>
    public static IReadOnlyList<Person> All { get; } =
    [
        new("P-101", "李伟 Li Wei", "operator"), new("P-102", "Thomas Baker", "operator"),
        new("P-103", "王芳 Wang Fang", "operator"), new("P-104", "张强 Zhang Qiang", "operator"),
        new("P-105", "Maria Lopez", "operator"), new("P-106", "刘洋 Liu Yang", "operator"),
        new("P-107", "陈静 Chen Jing", "operator"), new("P-108", "Peter Novak", "operator"),
        new("P-109", "杨军 Yang Jun", "operator"), new("P-110", "Anna Berg", "operator"),
        new("P-111", "赵磊 Zhao Lei", "operator"), new("P-112", "黄敏 Huang Min", "operator"),
        new("P-113", "John Miller", "operator"), new("P-114", "周杰 Zhou Jie", "operator"),
        new("P-115", "吴娜 Wu Na", "operator", "quality"), new("P-116", "Eva Lind", "operator", "quality"),
        new("P-117", "徐刚 Xu Gang", "foreman"), new("P-118", "Paul Weber", "foreman"),
        new("P-119", "孙丽 Sun Li", "planner"), new("P-120", "David Stone", "engineer"),
        new("P-121", "马超 Ma Chao", "warehouse"), new("P-122", "Laura Hill", "quality"),
        new("P-123", "朱明 Zhu Ming", "maintenance"), new("P-124", "Emma Frost", "personnel"),
        // Of no post: who tries the demo is one of them, and in nobody's way
        new("P-125", "林涛 Lin Tao", "operator"), new("P-126", "Sofia Rossi", "operator"),
    ];

    /// <summary>
    /// The equipment that somebody is qualified for: that of their post, and of one post beside it; without a post, the lathes.
    /// </summary>
    public static IReadOnlyList<string> SkillsOf(string person)
    {
        var at = Floor.Posts.ToList().FindIndex(post => post.Day == person || post.Night == person);
        var isOperator = All.Any(one => one.Code == person && one.Roles.Contains("operator"));
        if (at < 0) return isOperator ? [.. Floor.Posts[0].Units, .. Floor.Posts[1].Units] : [];
        var beside = Floor.Posts[at ^ 1].Units.Where(unit => unit != Floor.Cmm);
        return [.. Floor.Posts[at].Units, .. beside];
    }
}
