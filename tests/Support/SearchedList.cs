using System.Text.Json;
using Mes.Persistence;
using Xunit;

namespace Mes.Tests.Support;

/// <summary>A list that can be searched: what is found by what, whole and page by page.</summary>
/// <param name="get">Reads an address.</param>
/// <param name="path">The list's, up to and with the sign that its parameters are added behind.</param>
/// <param name="member">By which an item is told.</param>
public sealed class SearchedList(Func<string, Task<JsonElement>> get, string path, string member)
{
    /// <summary>Codes that a search has to tell apart; whoever tests a list makes things of them.</summary>
    public static readonly string[] Codes = ["FIND%1", "find_2", "FindA3", @"find\4"];

    /// <summary>A list of a service.</summary>
    public static SearchedList Of<TDb>(ServiceHost<TDb> service, string path, string member) where TDb : MesDbContext =>
        new(service.Get, path, member);

    /// <summary>It finds the things of <see cref="Codes"/> by what their codes begin with, and by nothing else.</summary>
    public async Task ShouldBeSearchedByCode()
    {
        await ShouldFind("find", "FIND%1", @"find\4", "find_2", "FindA3");
        await ShouldFind(" FINDA ", "FindA3");
        await ShouldFind("find%", "FIND%1");
        await ShouldFind("FIND_", "find_2");
        await ShouldFind(@"find\", @"find\4");
        await ShouldFind("ind");
        await ShouldFind("find%%");
    }

    /// <summary>It finds these, in this order.</summary>
    public async Task ShouldFind(string search, params string[] found)
    {
        var address = $"{path}search={Uri.EscapeDataString(search)}";
        var whole = await get(address);
        Assert.Equal(found, Items(whole));
        var items = new List<string>();
        string? next = null;
        do
        {
            var page = await get($"{address}&size=1{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}");
            items.AddRange(Items(page));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);
        Assert.Equal(found, items);
    }

    List<string> Items(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString()!)];
}
