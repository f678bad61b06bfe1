namespace Mes.WorkOrders.Domain;

/// <summary>What became of a piece at an operation.</summary>
public enum PieceResult
{
    /// <summary>It is good.</summary>
    Good,
    /// <summary>It is rejected.</summary>
    Scrap,
    /// <summary>It waits for a decision by Quality.</summary>
    Nonconforming
}

/// <summary>A piece that a report names.</summary>
/// <param name="Serial">Its serial number.</param>
/// <param name="Result">What became of it.</param>
public sealed record ReportedPiece(string Serial, PieceResult Result);
