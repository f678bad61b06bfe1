namespace Mes.WorkOrders.Domain;

/// <summary>Where a piece stands, by the reports that name it.</summary>
public enum PieceState
{
    /// <summary>It has a number, and no report names it.</summary>
    Allotted,
    /// <summary>It is being made.</summary>
    UnderWay,
    /// <summary>It waits for Quality, or to be reworked.</summary>
    SetAside,
    /// <summary>It is good and in stock.</summary>
    Finished,
    /// <summary>It is rejected.</summary>
    Scrapped,
    /// <summary>It went into another piece, or another order.</summary>
    BuiltIn
}

/// <summary>What reports in force say of a piece, from which its state follows.</summary>
/// <param name="IsScrapped">Whether one has rejected it.</param>
/// <param name="LastResult">What the last has said of it, or null.</param>
/// <param name="IsLastReceipt">Whether that was where pieces go into stock.</param>
/// <param name="IsBuiltIn">Whether one has built it in.</param>
public sealed record PieceSaid(bool IsScrapped, PieceResult? LastResult, bool IsLastReceipt, bool IsBuiltIn)
{
    /// <summary>Where it stands.</summary>
    public PieceState State => this switch
    {
        { IsScrapped: true } => PieceState.Scrapped,
        { IsBuiltIn: true } => PieceState.BuiltIn,
        { LastResult: null } => PieceState.Allotted,
        { LastResult: PieceResult.Nonconforming } => PieceState.SetAside,
        { IsLastReceipt: true } => PieceState.Finished,
        _ => PieceState.UnderWay
    };
}
