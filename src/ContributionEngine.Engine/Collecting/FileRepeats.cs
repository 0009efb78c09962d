using System.Runtime.InteropServices;

namespace ContributionEngine.Engine;

/// <summary>
/// Repeats of a receipt inside one file, found on the way with some fifty bytes for each row: what is seen for the first time is
/// only noted, and kept in full when it comes again.
/// </summary>
internal sealed class FileRepeats
{
    private readonly Blocks<First> firsts = new();
    private readonly Dictionary<UInt128, Exact> repeated = [];

    // The hash of a print, and behind it the place of the print, from 1: other prints with the same slot need not be looked at.
    private ulong[] slots = new ulong[1 << 12];

    /// <summary>The how-manieth time it is that this print is seen.</summary>
    /// <param name="line">What tells two lines of one receipt apart.</param>
    public (long Occurrence, long FirstRow, ReceiptLine FirstLine, bool SameLine) Seen(UInt128 print, long row, ReceiptLine line)
    {
        var hash = Hash(print);
        ref var slot = ref Slot(print, hash);
        if (slot == 0)
        {
            firsts.Add(new First((ulong)(print >> 64), (ulong)print, line, (int)row));
            slot = ((ulong)hash << 32) | (uint)firsts.Count;
            if (firsts.Count * 2 > slots.Length) Grow();
            return (1, row, line, false);
        }

        var first = At(slot);
        if (!repeated.TryGetValue(print, out var before)) repeated[print] = before = new Exact(first.Line);
        return (++before.Count, first.Row, first.Line, !before.Lines.Add(line));
    }

    // All 128 bits by themselves: the hash of a long is its halves folded together, and receipt numbers that count up fold alike.
    private static uint Hash(UInt128 print) => (uint)HashCode.Combine((int)print, (int)(print >> 32), (int)(print >> 64), (int)(print >> 96));

    private First At(ulong slot) => firsts[(int)(uint)slot - 1];

    private ref ulong Slot(UInt128 print, uint hash)
    {
        var at = hash & (slots.Length - 1);
        while (slots[at] != 0 && !((uint)(slots[at] >> 32) == hash && At(slots[at]).Is(print))) at = (at + 1) & (slots.Length - 1);
        return ref slots[at];
    }

    private void Grow()
    {
        var before = slots;
        slots = new ulong[before.Length * 2];
        foreach (var slot in before)
        {
            if (slot == 0) continue;
            var at = (long)(slot >> 32) & (slots.Length - 1);
            while (slots[at] != 0) at = (at + 1) & (slots.Length - 1);
            slots[at] = slot;
        }
    }

    // The print in two halves: whole, it would have to lie at a multiple of sixteen.
    private readonly record struct First(ulong Upper, ulong Lower, ReceiptLine Line, int Row)
    {
        public bool Is(UInt128 print) => Lower == (ulong)print && Upper == (ulong)(print >> 64);
    }

    private sealed class Exact(ReceiptLine first)
    {
        public long Count { get; set; } = 1;

        public HashSet<ReceiptLine> Lines { get; } = [first];
    }
}

/// <summary>What tells two lines of one receipt apart: who pays, and for what.</summary>
/// <param name="Payer">Id of the member, or a hash of what an unknown one is called.</param>
/// <param name="For">Stands for the period and the component.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct ReceiptLine(long Payer, int For);
