using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Web.Pages;

/// <summary>A piece of bank money with its suggestion, as a part of a page.</summary>
/// <param name="Next">The entry to go on with.</param>
public sealed record PieceShown(DeskPiece Piece, bool MayAct, string? Next)
{
    /// <summary>What the desk adds up for the one remittance of a proposal.</summary>
    public DeskRemittance? Only => Piece.Remittances is [var only] && Piece.Match!.Parts.Count == 1 ? only : null;

    /// <summary>What stays open, or is above, if the proposal is accepted.</summary>
    public Money LeftOver => Only!.Open - Piece.Amount;
}
