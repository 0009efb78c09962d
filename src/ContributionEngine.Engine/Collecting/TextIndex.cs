using System.Numerics;

namespace ContributionEngine.Engine;

/// <summary>
/// Finds places by their text, in flat memory: the texts themselves stay where they are. Ugly on purpose: the check of a long
/// file looks up every row's member here; a dictionary of strings takes several times the memory.
/// </summary>
/// <param name="count">How many texts there will be.</param>
/// <param name="textOf">The text at a place.</param>
/// <param name="isSame">Tells whether two places with one text mean the same.</param>
internal sealed class TextIndex(int count, StringComparison comparison, Func<int, ReadOnlySpan<char>> textOf, Func<int, int, bool> isSame)
{
    // The hash of a text, and behind it its place, from 1; below zero when the text stands for nobody, because it stands for two.
    private readonly long[] slots = new long[BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 1) * 2)];

    /// <summary>Takes in the text at a place, unless it is empty.</summary>
    public void Add(int place)
    {
        var text = textOf(place);
        if (text.IsEmpty) return;
        var hash = string.GetHashCode(text, comparison);
        ref var slot = ref Slot(text, hash);
        if (slot == 0) slot = Packed(hash, place + 1);
        else if ((int)slot > 0 && !isSame((int)slot - 1, place)) slot = Packed(hash, -(int)slot);
    }

    /// <summary>The place of the text; null when it stands nowhere, or for more than one.</summary>
    public int? Find(ReadOnlySpan<char> text) => !text.IsEmpty && (int)Slot(text, string.GetHashCode(text, comparison)) is > 0 and var place ? place - 1 : null;

    private static long Packed(int hash, int place) => ((long)hash << 32) | (uint)place;

    private ref long Slot(ReadOnlySpan<char> text, int hash)
    {
        var at = (uint)hash & (slots.Length - 1);
        while (slots[at] != 0 && !((int)(slots[at] >> 32) == hash && textOf(Math.Abs((int)slots[at]) - 1).Equals(text, comparison))) at = (at + 1) & (slots.Length - 1);
        return ref slots[at];
    }
}
