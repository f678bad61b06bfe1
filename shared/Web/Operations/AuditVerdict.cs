using Mes.Persistence;
using Npgsql;

namespace Mes.Web.Operations;

/// <summary>Whether the audit chain holds.</summary>
/// <param name="IsIntact">True where every entry that was looked at fits the one before, and the end was not cut off.</param>
/// <param name="FirstBreak">Position of the first entry that does not, or null.</param>
/// <param name="CheckedTo">The chain is sound up to this position; the next check goes on from here.</param>
/// <param name="Length">Position of the chain's last entry.</param>
public sealed record AuditVerdict(bool IsIntact, long? FirstBreak, long CheckedTo, long Length)
{
    /// <summary>Checks what came since the last check, within bounds; or everything from the beginning.</summary>
    public static async Task<AuditVerdict> Of(NpgsqlDataSource source, bool whole, CancellationToken ct)
    {
        var check = await AuditChain.Check(source, whole, ct);
        return new AuditVerdict(check.FirstBreak is null, check.FirstBreak, check.CheckedTo, check.Length);
    }
}
