using System.Text.Json;
using Mes.Kernel;
using Mes.Web;

namespace Mes.Inventory.Data;

/// <summary>The position in a list whose key has several parts.</summary>
static class StockCursor
{
    public static string Write(params string[] key) => JsonSerializer.Serialize(key);

    /// <exception cref="RuleViolation">Code <c>page-key-wrong</c>.</exception>
    public static string[]? Read(PageRequest page, int parts)
    {
        if (page.After is null)
        {
            return null;
        }
        try
        {
            if (JsonSerializer.Deserialize<string[]>(page.After) is { } key && key.Length == parts && !key.Contains(null))
            {
                return key;
            }
        }
        catch (JsonException)
        {
            // said below
        }
        throw page.WrongKey();
    }
}
